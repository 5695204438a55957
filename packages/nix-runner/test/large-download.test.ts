import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runExample } from "@sysinit-internal/testing";
import { expect, test } from "vitest";

import { temporaryDirectory } from "./temporary-directory.ts";

const bytes = 3 * 1024 ** 3;
// nix writes one record for each 8 KiB that it unpacks.
const records = bytes / 8192;

/** Writes the records of a download as nix does, with ids above 2^53; a real one of 3 GB would need the disk and the time. */
function downloadingNix(directory: string): string {
  const file = join(directory, "nix");
  const script = `#!${process.execPath}
    const { writeSync } = require("node:fs");
    if (process.argv.includes("--version")) { console.log("nix (Nix) 2.34.8"); process.exit(); }
    const path = "/nix/store/x51968p1gpjlvjiz7acnzz6dfqrg3hvg-image";
    const id = (n) => (2n ** 53n + BigInt(n)).toString();
    const say = (text) => "@nix {" + text + "}\\n";
    const start = (n, type, parent, fields) =>
      say(\`"action":"start","fields":\${JSON.stringify(fields)},"id":\${id(n)},"level":3,"parent":\${parent},"text":"","type":\${type}\`);
    let text = start(1, 102, 0, []) + say(\`"action":"result","fields":[101,${bytes}],"id":\${id(1)},"type":106\`) +
      start(3, 100, 0, [path, "https://cache.example", "local"]) + start(4, 101, id(3), ["https://cache.example/nar/1.nar.xz"]);
    for (let record = 1; record <= ${records}; record++) {
      for (const n of record % 16 === 0 ? [3, 4] : [3]) text += say(\`"action":"result","fields":[\${record * 8192},${bytes},0,0],"id":\${id(n)},"type":105\`);
      if (text.length > 60000) { writeSync(2, text); text = ""; }
    }
    writeSync(2, text);
    console.log(JSON.stringify([{ drvPath: path + ".drv", outputs: { out: __filename } }]));`;
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

test("a download of 3 GB is followed in little memory, with ids that no JSON number holds", async () => {
  const directory = temporaryDirectory();
  const code = `
    import { setFlagsFromString } from "node:v8";
    import { runInNewContext } from "node:vm";
    import { build } from "@sysinit/nix-runner";

    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const heapBytes: number[] = [];
    let last: object | undefined;
    await build({
      installable: "${directory}#image",
      nix: "${downloadingNix(directory)}",
      stateDirectory: "${directory}/state",
      onEvent(event) {
        if (event.type !== "progress") return;
        gc();
        heapBytes.push(process.memoryUsage().heapUsed);
        if (event.transfers.length > 0) last = event;
      },
    });
    console.log(JSON.stringify({ heapBytes, last }));`;
  const run = await runExample({ packageDirectory: join(import.meta.dirname, ".."), code });
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  const { heapBytes, last } = JSON.parse(run.stdout) as { heapBytes: number[]; last: object };
  expect(heapBytes.length).toBeGreaterThan(5);
  expect(Math.max(...heapBytes) - heapBytes[1]!).toBeLessThan(4 * 1024 ** 2);
  expect(last).toMatchObject({
    downloadTotalBytes: bytes,
    transfers: [
      { name: "image", url: "https://cache.example/nar/1.nar.xz", direction: "in", totalBytes: bytes },
    ],
  });
});
