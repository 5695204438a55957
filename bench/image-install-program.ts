// image-install-program.ts hash FILE | install FILE STORE: does it once, and prints how long it took and how much memory.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

import { installImage } from "@sysinit/image-store";

const [verb, file, directory] = process.argv.slice(2) as [string, string, string];
let cloned = false;

const startedAt = performance.now();
if (verb === "hash") await hash(file);
else {
  await installImage({
    directory,
    name: "bench",
    source: file,
    onEvent: (event) => (cloned ||= event.type === "cloned"),
  });
}
const milliseconds = performance.now() - startedAt;
const memoryMebibytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ milliseconds, memoryMebibytes, cloned }));

/** One pass as fast as node can: the next MiB is read while the last one is hashed. */
async function hash(path: string): Promise<void> {
  const handle = await open(path);
  const digest = createHash("sha256");
  const buffers = [Buffer.alloc(1 << 20), Buffer.alloc(1 << 20)] as const;
  let reading = handle.read(buffers[0], 0, buffers[0].length, 0);
  for (let position = 0, turn = 1; ; turn++) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) break;
    position += bytesRead;
    const next = buffers[turn % 2 === 0 ? 0 : 1];
    reading = handle.read(next, 0, next.length, position);
    digest.update(buffer.subarray(0, bytesRead));
  }
  digest.digest();
  await handle.close();
}
