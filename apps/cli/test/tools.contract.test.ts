import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { cli, cliArgv, jsonLines } from "./run-cli.ts";

const exec = promisify(execFile);

let work: string;
let env: Record<string, string>;

beforeAll(async () => {
  // Short: Lima keeps sockets in it.
  work = await mkdtemp(join(tmpdir(), "cli-"));
  env = { LIMA_HOME: join(work, "lima") };
  await mkdir(env["LIMA_HOME"]!);
});

afterAll(async () => {
  await cli(["delete", "dummy"], { env });
  await rm(work, { recursive: true, force: true });
});

describe("images", () => {
  it("install puts a file in the store; list, show and verify find it whole", async () => {
    await exec("qemu-img", ["create", "-f", "qcow2", join(work, "disk.qcow2"), "8M"]);
    const installed = await cli(["install", "disk.qcow2", "--name", "small", "--json"], { env, cwd: work });
    expect(installed.status).toBe(0);
    expect(jsonLines(installed.stdout)).toEqual([
      expect.objectContaining({
        outcome: "installed",
        name: "small",
        generation: 1,
        format: "qcow2",
        virtualBytes: 8 * 1024 ** 2,
      }),
    ]);
    const again = await cli(["install", "disk.qcow2", "--name", "small", "--json"], { env, cwd: work });
    expect(jsonLines(again.stdout)).toEqual([
      expect.objectContaining({ outcome: "unchanged", generation: 1 }),
    ]);

    expect(jsonLines((await cli(["images", "list", "--json"], { env })).stdout)).toHaveLength(1);
    const shown = await cli(["images", "show", "small"], { env });
    expect(shown.stdout).toMatch(/sha256 +[0-9a-f]{64}\n/);
    expect((await cli(["images", "verify"], { env })).status).toBe(0);
  });

  it("verify notices one that was changed, with status 1", async () => {
    const [image] = jsonLines((await cli(["images", "show", "small", "--json"], { env })).stdout);
    await writeFile(String(image!["file"]), "rotten", { flag: "a" });
    const { status, stdout } = await cli(["images", "verify", "small"], { env });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^BAD /);
  });

  it("a file that is no image is refused and nothing is stored", async () => {
    await writeFile(join(work, "text.qcow2"), "not an image");
    const before = await readdir(join(env["LIMA_HOME"]!, "_images"));
    const { status, stderr } = await cli(["install", "text.qcow2", "--name", "text"], { env, cwd: work });
    expect(status).toBe(1);
    expect(stderr).toMatch(/NOT_AN_IMAGE/);
    expect(await readdir(join(env["LIMA_HOME"]!, "_images"))).toEqual(before);
  });
});

describe("instances, on the real limactl", () => {
  it("an instance that is not there: status, exec and delete say so", async () => {
    for (const args of [
      ["status", "absent"],
      ["delete", "absent"],
    ]) {
      const { status, stderr } = await cli(args, { env });
      expect(status).toBe(1);
      expect(stderr).toMatch(/INSTANCE_NOT_FOUND/);
    }
    // 125: it was not the guest's command that failed.
    expect((await cli(["exec", "absent", "--", "true"], { env })).status).toBe(125);
  });

  it("list and status show a stopped one; exec, check and shell ask for a start; delete takes it away", async () => {
    const template =
      "images: [{location: /etc/profile}]\ndisk: 1MiB\ncontainerd: {system: false, user: false}\nmounts: []\n";
    await writeFile(join(work, "dummy.yaml"), template);
    await exec("limactl", ["create", "--tty=false", "--name", "dummy", join(work, "dummy.yaml")], {
      env: { ...process.env, ...env },
    });

    const [listed] = jsonLines((await cli(["list", "--json"], { env })).stdout);
    expect(listed).toMatchObject({ name: "dummy", status: "Stopped" });
    expect((await cli(["status", "dummy"], { env })).stdout).toMatch(/^status +Stopped$/m);
    for (const args of [
      ["exec", "dummy", "--", "true"],
      ["shell", "dummy"],
    ]) {
      const { status, stderr } = await cli(args, { env });
      expect(status).toBe(125);
      expect(stderr).toMatch(/NOT_RUNNING[^]*hint: lima-cli start dummy/);
    }
    expect((await cli(["stop", "dummy"], { env })).stdout).toMatch(/stopped already/);

    // A name that is mistyped keeps the others.
    expect((await cli(["delete", "dummy", "dumy"], { env })).status).toBe(1);
    expect(jsonLines((await cli(["list", "--json"], { env })).stdout)).toHaveLength(1);
    expect((await cli(["delete", "dummy"], { env })).status).toBe(0);
    expect((await cli(["list"], { env })).stdout).toBe("");
  });
});

it("limactl has it as a command of its own, by the name limactl-sysinit", async () => {
  const bin = join(work, "bin");
  await mkdir(bin);
  const words = cliArgv.map((word) => `'${word}'`).join(" ");
  await writeFile(join(bin, "limactl-sysinit"), `#!/bin/sh\nexec ${words} "$@"\n`);
  await chmod(join(bin, "limactl-sysinit"), 0o755);
  const { stdout } = await exec("limactl", ["sysinit", "help", "exit-status"], {
    env: { ...process.env, ...env, PATH: `${bin}:${process.env["PATH"]}` },
  });
  expect(stdout).toMatch(/^What an exit status means\n/);
});

it("a disk of additionalDisks stays when its VM is deleted, as up --recreate does when a new one is needed", async () => {
  const limactl = (...args: string[]) =>
    exec("limactl", ["--tty=false", ...args], { env: { ...process.env, ...env } });
  await limactl("disk", "create", "data", "--size", "1MiB", "--format", "raw");
  const template =
    "images: [{location: /etc/profile}]\ndisk: 1MiB\ncontainerd: {system: false, user: false}\nmounts: []\nadditionalDisks: [{name: data, format: false}]\n";
  await writeFile(join(work, "disks.yaml"), template);
  await limactl("create", "--name", "disks", join(work, "disks.yaml"));
  expect((await cli(["delete", "disks"], { env })).status).toBe(0);
  expect((await limactl("disk", "list", "--json")).stdout).toMatch(/"name":"data"/);
});
