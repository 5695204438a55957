import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { checkHost, detectAccelerator } from "@sysinit/lima-control";
import { findExecutable } from "@sysinit-internal/process";

import { limactls } from "./support/limactls.ts";

let directory: string;
let bin: string;

beforeEach(async () => {
  directory = await mkdtemp("/tmp/lc-");
  bin = join(directory, "bin");
  await mkdir(bin);
});
afterEach(() => rm(directory, { recursive: true }));

async function writeProgram(name: string, text: string): Promise<string> {
  const file = join(bin, name);
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
  return file;
}

const codes = async (options: Parameters<typeof checkHost>[0]) =>
  (await checkHost(options)).map((problem) => problem.code).sort();

describe.skipIf(process.platform !== "linux")("checking a Linux host", () => {
  test.each(limactls())(
    "nothing but a slow accelerator is wrong with the tools that the tests use: %s",
    async (limactl) => {
      expect((await codes({ limactl, home: "/tmp/l" })).filter((code) => code !== "KVM_UNUSABLE")).toEqual(
        [],
      );
    },
  );

  test("on a machine without anything, everything is named with what mends it", async () => {
    const problems = await checkHost({ env: { PATH: bin, HOME: directory } });
    expect(problems.map((problem) => problem.code).sort()).toEqual([
      "LIMACTL_NOT_FOUND",
      "QEMU_IMG_NOT_FOUND",
      "QEMU_NOT_FOUND",
      "SSH_NOT_FOUND",
      "SSH_NOT_FOUND",
    ]);
    expect(problems.every((problem) => problem.hint !== "" && problem.severity === "error")).toBe(true);
  });

  test("a limactl that is too old, or broken, or has no guest agent beside it", async () => {
    const tools = { PATH: `${bin}:${process.env["PATH"]}`, HOME: directory };
    await writeProgram("limactl", "echo limactl version 1.1.1");
    expect(await codes({ env: { ...process.env, ...tools } })).toEqual(
      expect.arrayContaining(["GUEST_AGENT_NOT_FOUND", "LIMACTL_TOO_OLD"]),
    );
    await writeProgram("limactl", "echo broken >&2; exit 1");
    expect(await checkHost({ env: { ...process.env, ...tools } })).toContainEqual(
      expect.objectContaining({ code: "LIMACTL_FAILED", message: expect.stringContaining("broken") }),
    );
  });

  test("a check that is aborted says nothing of the tools that it ended", async () => {
    const tools = { PATH: `${bin}:${process.env["PATH"]}`, HOME: directory };
    await writeProgram("limactl", "exec sleep 60");
    const checking = checkHost({ env: { ...process.env, ...tools }, signal: AbortSignal.timeout(500) });
    await expect(checking).rejects.toMatchObject({ code: "ABORTED" });
  });

  test("a QEMU that is too old and has no firmware", async () => {
    const qemu = `qemu-system-${process.arch === "arm64" ? "aarch64" : "x86_64"}`;
    await writeProgram(qemu, "echo QEMU emulator version 7.2.22; exit 1");
    for (const tool of ["qemu-img", "ssh", "ssh-keygen"])
      await symlink(findExecutable(tool)!, join(bin, tool));
    const problems = await checkHost({ env: { PATH: bin, HOME: directory }, limactl: limactls()[0]! });
    expect(problems).toContainEqual(expect.objectContaining({ code: "QEMU_TOO_OLD", found: "7.2.22" }));
    expect(problems.map((problem) => problem.code)).not.toContain("QEMU_IMG_NOT_FOUND");
  });

  test("a home that is not set, and one that is too long for sockets", async () => {
    expect(await codes({ env: { PATH: process.env["PATH"] } })).toContain("HOME_UNSET");
    const long = await checkHost({ home: `/${"h".repeat(90)}` });
    expect(long).toContainEqual(expect.objectContaining({ code: "PATH_TOO_LONG", severity: "error" }));
    const tight = await checkHost({ home: `/${"h".repeat(70)}` });
    expect(tight).toContainEqual(expect.objectContaining({ code: "PATH_TOO_LONG", severity: "warning" }));
  });

  test("a KVM that cannot be used is proved to be so, and told to limactl", async () => {
    const variable = process.arch === "arm64" ? "QEMU_SYSTEM_AARCH64" : "QEMU_SYSTEM_X86_64";
    const env = { ...process.env, [variable]: undefined };
    const found = await detectAccelerator({ env });
    if (found.hardware) {
      expect(found).toMatchObject({ kind: "kvm", env: {} });
    } else {
      expect(found.reason).toMatch(/^emulation: (?:there is no \/dev\/kvm|\/dev\/kvm exists but )/);
      expect(found.env[variable]).toContain("accel=tcg");
    }
  });
});
