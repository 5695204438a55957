import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";

import { createLima } from "../create-lima.ts";

afterEach(() => vi.restoreAllMocks());

/** A program in place of limactl. */
function program(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), "sysinit-limactl-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "limactl");
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

const ordinaryUser = () => vi.spyOn(process, "geteuid").mockReturnValue(1000);

test("limactl is called without a terminal, with JSON logs, its LIMA_HOME and no SSH of the user's", async () => {
  ordinaryUser();
  const limactl = program('printf \'{"version":"%s|%s|%s|%s"}\' "$*" "$LIMA_HOME" "${SSH-none}" "$(cat)"');
  const env = { ...process.env, HOME: "/h", LIMA_HOME: "/other", SSH: "evil" };
  const { version } = await createLima({ limactl, env, home: "/nowhere" }).info();
  expect(version).toBe("--tty=false --log-format=json info|/nowhere|none|");
});

test("root is told that limactl refuses it, before anything is done", async () => {
  vi.spyOn(process, "geteuid").mockReturnValue(0);
  const limactl = program("echo limactl: must not run as the root user >&2; exit 1");
  const lima = createLima({ limactl, env: { ...process.env, HOME: "/h" } });
  await expect(lima.info()).rejects.toMatchObject({
    code: "ROOT_REFUSED",
    hint: expect.stringContaining("runuser"),
  });
});

test("without HOME nothing is tried", () => {
  for (const env of [{}, { HOME: "" }, { LIMA_HOME: "/l" }]) {
    expect(() => createLima({ env })).toThrow(expect.objectContaining({ code: "HOME_UNSET" }));
  }
});

test("LIMA_HOME is the option, else the variable, else below HOME", () => {
  const env = { HOME: "/h", LIMA_HOME: "/l" };
  expect(createLima({ env, home: "/o" }).home).toBe("/o");
  expect(createLima({ env }).home).toBe("/l");
  expect(createLima({ env: { HOME: "/h" } }).home).toBe("/h/.lima");
});

test("what limactl says is the error, and its output is in the details", async () => {
  ordinaryUser();
  const limactl = program('echo \'{"level":"fatal","msg":"it broke"}\' >&2; exit 1');
  await expect(createLima({ limactl, env: { ...process.env, HOME: "/h" } }).info()).rejects.toMatchObject({
    code: "LIMACTL_FAILED",
    message: "limactl could not tell about itself: limactl ended with status 1: it broke",
    details: { exitCode: 1, stderr: expect.arrayContaining([expect.stringContaining("it broke")]) },
  });
});
