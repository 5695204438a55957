import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runProcess } from "@sysinit-internal/process";
import { standInHost } from "../apps/cli/test/stand-in-host.ts";
import { dummyTemplate } from "../packages/lima-control/test/support/dummy-template.ts";
import { withHome } from "./guest.ts";
import { median, rounded, roundsOf, secondsOf } from "./measure.ts";

const app = join(import.meta.dirname, "../apps/cli/dist/start.cjs");

/**
 * up-again [ROUNDS]: `lima-cli up`, as it is published, in a project whose VM runs and is as wanted, against `limactl list` of one
 * instance that does not run (what runs is asked by limactl, and takes longer) and an empty node process one after the other.
 * In turns, ROUNDS (default 30) times each; medians. The VM is one of the fake limactl, since files alone are looked at.
 * Needs `pnpm build`.
 */
export async function upAgain(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 30);
  if (!existsSync(app)) throw new Error(`there is no ${app}: run pnpm build`);
  await using host = await standInHost();
  const project = await host.project("project", "image: lima-minimal\n");
  const up = async () => {
    const outcome = await runProcess({
      file: process.execPath,
      args: [app, "up"],
      cwd: project,
      env: host.env,
    });
    if (outcome.exitCode !== 0) throw new Error(`lima-cli up: ${outcome.stderr}`);
    return outcome.stdout;
  };
  await up();
  if (!/running already/.test(await up())) throw new Error("the second up did something");

  return await withHome(async ({ home, env, limactl }) => {
    await writeFile(join(home, "dummy.yaml"), dummyTemplate);
    await limactl("create", "--name", "i1", join(home, "dummy.yaml"));
    await writeFile(join(home, "empty.mjs"), "");
    const again: number[] = [];
    const peer: number[] = [];
    // The first of each fills caches and is not counted.
    for (let round = 0; round <= rounds; round++) {
      again.push(await secondsOf(up));
      peer.push(
        await secondsOf(async () => {
          await limactl("list");
          await runProcess({ file: process.execPath, args: [join(home, "empty.mjs")], env });
        }),
      );
    }
    return {
      bench: "up-again",
      ratio: Number((median(again.slice(1)) / median(peer.slice(1))).toFixed(3)),
      limit: 1.2,
      upSeconds: rounded([median(again.slice(1))], 3)[0],
      limactlAndEmptyNodeSeconds: rounded([median(peer.slice(1))], 3)[0],
    };
  });
}
