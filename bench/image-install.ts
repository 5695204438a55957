import { randomFillSync } from "node:crypto";
import { mkdtempSync, openSync, closeSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "@sysinit-internal/process";
import { median } from "./measure.ts";

const program = join(import.meta.dirname, "image-install-program.ts");
const mebibyte = 1024 ** 2;

/**
 * image-install [MEBIBYTES] [ROUNDS] [DIRECTORY]: an image of random data (default 1024 MiB) is installed into an empty store,
 * against one SHA-256 pass over it (by node, as the store does it, which is several times as fast as coreutils'
 * `sha256sum`, and by that), and against `cp --sparse=always`, `sha256sum` and `sync`. In turns, ROUNDS (default 5) times
 * each; medians. The image is in the page cache for all of them. Also told: the most memory that an install took, for this image
 * and for a sparse one of 16 times its size; and whether the copy was a clone, as it has to be on btrfs and xfs.
 *
 * An install is on the disk when it ends, a hash is not: where the disk is slower than the hash, the disk is what is measured.
 * `diskMs` is what `dd` takes to get the same bytes onto it.
 */
export async function imageInstall(args: readonly string[]): Promise<object> {
  const [sizeMebibytes = 1024, rounds = 5] = args.slice(0, 2).map(Number);
  if (![sizeMebibytes, rounds].every((value) => Number.isInteger(value) && value >= 1))
    throw new Error(`MEBIBYTES and ROUNDS are '${args.slice(0, 2).join(" ")}', not positive numbers`);
  const folder = mkdtempSync(join(args[2] ?? tmpdir(), "bench-"));
  try {
    const image = writeDisk(join(folder, "image.raw"), sizeMebibytes, sizeMebibytes);
    const sparse = writeDisk(join(folder, "sparse.raw"), 64, 16 * sizeMebibytes);
    const store = join(folder, "store");
    const hashMs: number[] = [];
    const sha256sumMs: number[] = [];
    const installMs: number[] = [];
    const copyMs: number[] = [];
    const diskMs: number[] = [];
    const memories: number[] = [];
    let cloned = false;
    // The first of each fills caches and is not counted.
    for (let round = 0; round <= rounds; round++) {
      await settle();
      hashMs.push((await run(["hash", image])).milliseconds);
      sha256sumMs.push(await timeOf(() => command("sha256sum", image)));
      await settle();
      const install = await run(["install", image, store]);
      installMs.push(install.milliseconds);
      memories.push(install.memoryMebibytes);
      cloned = install.cloned;
      rmSync(store, { recursive: true });
      await settle();
      const copied = join(folder, "copy.raw");
      copyMs.push(
        await timeOf(async () => {
          await command("cp", "--sparse=always", image, copied);
          await command("sha256sum", copied);
          await command("sync");
        }),
      );
      rmSync(copied);
      await settle();
      diskMs.push(await timeOf(() => command("dd", `if=${image}`, `of=${copied}`, "bs=1M", "conv=fsync")));
      rmSync(copied);
      const taken = Object.entries({ hash: hashMs, install: installMs, cp: copyMs, disk: diskMs });
      const words = taken.map(([name, values]) => `${name} ${values.at(-1)!.toFixed(0)} ms`);
      console.log(`round ${round}: ${words.join(", ")}`);
    }
    const sparseInstall = await run(["install", sparse, store]);
    memories.push(sparseInstall.memoryMebibytes);
    const [hash, sha256sum, install, copy, disk] = [hashMs, sha256sumMs, installMs, copyMs, diskMs].map(
      (values) => median(values.slice(1)),
    ) as [number, number, number, number, number];
    return {
      bench: "image-install",
      ratio: rounded(install / hash),
      limit: 1.15,
      ratioToSha256sum: rounded(install / sha256sum),
      ratioToDisk: rounded(install / disk),
      ratioToCopy: rounded(install / copy),
      limitToCopy: 1,
      memoryMebibytes: Math.round(Math.max(...memories)),
      memoryLimitMebibytes: 150,
      cloned,
      fileSystem: `0x${statfsSync(folder).type.toString(16)}`,
      mebibytes: sizeMebibytes,
      hashMs: Math.round(hash),
      sha256sumMs: Math.round(sha256sum),
      installMs: Math.round(install),
      copyMs: Math.round(copy),
      diskMs: Math.round(disk),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A raw disk with a partition table's signature, so much random data, and a hole behind it. */
function writeDisk(path: string, dataMebibytes: number, mebibytes: number): string {
  const file = openSync(path, "wx");
  const chunk = Buffer.alloc(mebibyte);
  for (let index = 0; index < dataMebibytes; index++) {
    randomFillSync(chunk);
    if (index === 0) chunk.writeUInt16LE(0xaa55, 510);
    writeSync(file, chunk, 0, mebibyte, index * mebibyte);
  }
  if (mebibytes > dataMebibytes) writeSync(file, chunk, 0, 1, mebibytes * mebibyte - 1);
  closeSync(file);
  return path;
}

/** Nothing that an earlier run left to be written slows a later one down. */
async function settle(): Promise<void> {
  await command("sync");
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

interface Measured {
  milliseconds: number;
  memoryMebibytes: number;
  cloned: boolean;
}

/** A process of its own measures what it does, without its start. */
async function run(args: readonly string[]): Promise<Measured> {
  const flags = ["--disable-warning=ExperimentalWarning", "--conditions=@sysinit/source"];
  return JSON.parse(await command(process.execPath, ...flags, program, ...args)) as Measured;
}

async function command(file: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess({ file, args });
  if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
