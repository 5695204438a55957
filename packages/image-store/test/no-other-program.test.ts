import { join } from "node:path";
import { expect, test, vi } from "vitest";

const forbidden = vi.hoisted(() => (file: string) => {
  throw new Error(`${file} was run`);
});
vi.mock("node:child_process", () => {
  const names = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];
  return Object.fromEntries(names.map((name) => [name, forbidden]));
});

const { installImage, removeImage, repairStore, verifyImages } = await import("../src/index.ts");
const { writeImage } = await import("./images.ts");
const { temporaryDirectory } = await import("./temporary-directory.ts");

// On a Mac, ps and sysctl tell which process holds the lock.
test.skipIf(process.platform !== "linux")(
  "no other program is run: qemu-img may be missing, hang or lie",
  async () => {
    const home = temporaryDirectory();
    const directory = join(home, "_images");
    const source = writeImage(join(home, "a"));
    const name = "lima-minimal";
    const { image } = await installImage({ directory, name, source, withRaw: true });
    expect(image.raw).toBeDefined();
    expect((await verifyImages({ directory })).every(({ ok }) => ok)).toBe(true);
    expect((await repairStore({ directory })).findings).toEqual([]);
    await removeImage({ directory, name, generation: "all", env: { HOME: home } });
  },
);
