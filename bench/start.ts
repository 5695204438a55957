import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createLima } from "@sysinit/lima-control";
import { findExecutable } from "@sysinit-internal/process";
import { guestTemplate, withHome } from "./guest.ts";
import { median, rounded, roundsOf, secondsOf } from "./measure.ts";
import { buildReferenceGuest } from "../test/reference-guest.ts";

/**
 * start [ROUNDS]: what `start()` of a handle costs beyond the `limactl start` that runs in it, on the reference guest; ROUNDS
 * (default 3) times. In turns with a bare `limactl start` of a fresh instance, whose times are told as well: two boots
 * differ by more than what is measured here.
 */
export async function start(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 3);
  const image = await buildReferenceGuest("image");
  const bare: number[] = [];
  const through: number[] = [];
  const inside: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    await withHome(async ({ lima, limactl }) => {
      await lima.create({ name: "vm", template: guestTemplate(image) });
      bare.push(await secondsOf(() => limactl("start", "vm")));
    });
    await withHome(async ({ home, env }) => {
      const limactl = join(home, "limactl-with-a-watch");
      const lima = createLima({ home, env, limactl, owner: "bench" });
      await writeStopwatch(limactl);
      const vm = await lima.create({ name: "vm", template: guestTemplate(image) });
      through.push(await secondsOf(() => vm.start()));
      inside.push(Number(await readFile(`${limactl}.seconds`, "utf8")));
      await rm(limactl);
    });
    console.log(
      `round ${round}: limactl ${bare.at(-1)!.toFixed(1)} s; through us ${through.at(-1)!.toFixed(1)} s, of which limactl ${inside.at(-1)!.toFixed(1)} s`,
    );
  }
  return {
    bench: "start",
    ratio: Number(median(through.map((seconds, index) => seconds / inside[index]!)).toFixed(3)),
    limit: 1.02,
    throughUsSeconds: rounded(through),
    limactlInsideSeconds: rounded(inside),
    limactlAloneSeconds: rounded(bare),
  };
}

/** A limactl that notes how long its `start` took. */
async function writeStopwatch(path: string): Promise<void> {
  await writeFile(
    path,
    `#!/bin/bash
began=$EPOCHREALTIME
${findExecutable("limactl")} "$@"
status=$?
ended=$EPOCHREALTIME
for word in "$@"; do
  if [ "$word" = start ]; then echo "$(((\${ended/./} - \${began/./}) / 1000))e-3" >"$0.seconds"; fi
done
exit "$status"
`,
  );
  await chmod(path, 0o755);
}
