import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { installImage } from "@sysinit/image-store";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { cli, jsonLines } from "./run-cli.ts";
import { isRoot, smallDisk, standInHost, type StandInHost } from "./stand-in-host.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let host: StandInHost;
let folder: string;
const config = () => join(folder, "lima-cli.yaml");
const run = (...args: string[]) => cli(args, { cwd: folder, env: host.env });
const instanceOf = async () =>
  jsonLines((await run("status", "--json")).stdout)[0]! as { name: string; dir: string; cpus: number };

beforeAll(async () => {
  host = await standInHost();
  folder = await host.project("web", "image: lima-minimal\ncpus: 2\n");
});

afterAll(() => host[Symbol.asyncDispose]());

describe.skipIf(isRoot)("what has changed since the VM was made", () => {
  it("needs a restart: status and up say so, up --recreate does it and the VM stays the same", async () => {
    expect((await run("up")).stdout).toMatch(/is ready/);
    await writeFile(config(), "image: lima-minimal\ncpus: 3\n");
    expect((await run("status")).stdout).toMatch(/^changed +cpus: 2 → 3 \(needs a restart\)$/m);
    const again = await run("up");
    expect(again.stderr).toMatch(
      /changed since this VM was made:\n {2}cpus: 2 → 3 \(needs a restart\)\n {2}lima-cli up --recreate/,
    );

    const { dir } = await instanceOf();
    await mkdir(join(dir, "guest-home"), { recursive: true });
    await writeFile(join(dir, "guest-home/mine"), "kept");
    const [done] = jsonLines((await run("up", "--recreate", "--json")).stdout);
    expect(done).toMatchObject({
      action: "restarted",
      changes: [],
      instance: { cpus: 3, status: "Running" },
    });
    expect(await readFile(join(dir, "guest-home/mine"), "utf8")).toBe("kept");
    expect((await run("status")).stdout).not.toMatch(/^changed/m);
  });

  it("needs a new VM: a newer image in the store; up --recreate makes it anew", async () => {
    const source = join(host.work, "newer.raw");
    await writeFile(source, Buffer.concat([smallDisk(), Buffer.alloc(1024 * 1024)]));
    await installImage({ directory: join(host.fake.options.home, "_images"), name: "lima-minimal", source });
    expect((await run("up")).stderr).toMatch(/image lima-minimal: generation 1 → 2 \(needs a new VM\)/);
    const { dir } = await instanceOf();
    const [done] = jsonLines((await run("up", "--recreate", "--json")).stdout);
    expect(done).toMatchObject({ action: "recreated", changes: [] });
    await expect(readFile(join(dir, "guest-home/mine"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("needs nothing: a check; the next up takes it in", async () => {
    await appendFile(config(), "checks:\n  - file: /etc/passwd\n");
    expect((await run("status")).stdout).toMatch(/^changed +checks changed \(needs nothing\)$/m);
  });

  it("settings with errors do not hide how the VM is", async () => {
    await appendFile(config(), "cpu: 1\n");
    expect((await run("status")).stdout).toMatch(
      /^status +Running$[^]*^changed +unknown: .*lima-cli\.yaml:\d:1: cpu: no such key/m,
    );
    await run("delete");
  });
});
