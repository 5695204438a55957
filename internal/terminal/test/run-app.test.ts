import { spawn } from "node:child_process";
import { join } from "node:path";

import { expect, it } from "vitest";

const fixture = join(import.meta.dirname, "fixtures/app.ts");

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the fixture; `onTalk` sees the process once its first line of talk has come. */
function app(args: string[], onTalk?: (child: ReturnType<typeof spawn>) => void): Promise<Ended> {
  const child = spawn(process.execPath, ["--conditions=@sysinit/source", fixture, ...args]);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  if (onTalk) child.stderr.once("data", () => onTalk(child));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}

it("puts data on stdout and nothing else there", async () => {
  expect(await app(["ok"])).toMatchObject({ status: 0, stdout: "the answer is 42\n", stderr: "" });
  expect(await app(["ok", "--json"])).toMatchObject({ status: 0, stdout: '{"answer":42}\n', stderr: "" });
});

it("ends with the status that the command gives", async () => {
  expect((await app(["status"])).status).toBe(7);
});

it.each([
  ["OTHER", 1],
  ["WRONG", 2],
  ["ABSENT", 3],
  ["SLOW", 124],
])("an error with code %s ends with status %i", async (code, status) => {
  expect((await app([code])).status).toBe(status);
});

it("an error says what, the evidence, the hint, and no stack", async () => {
  const { stdout, stderr } = await app(["OTHER"]);
  expect(stdout).toBe("");
  expect(stderr).toBe("error: it failed on a thing [OTHER]\n  > last words\nhint: mend it\n");
});

it("with --json an error is an object on stdout", async () => {
  const { stdout, stderr } = await app(["OTHER", "--json"]);
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: "OTHER",
      message: "it failed on a thing",
      hint: "mend it",
      details: { logTail: ["last words"] },
    },
  });
  expect(stderr).toBe("");
});

it("our own mistake is called one, with its stack", async () => {
  const { status, stderr } = await app(["bug"]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/mistake in the program[^]*TypeError[^]*app\.ts/);
});

it("the first Ctrl-C cleans up and ends with 130", async () => {
  const { status, stderr } = await app(["wait"], (child) => child.kill("SIGINT"));
  expect(status).toBe(130);
  expect(stderr).toMatch(/cleaning up[^]*cleaned up/);
});

it("a Ctrl-C that a wrapper passes on once more is one press", async () => {
  const { status, stderr } = await app(["wait"], (child) => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 50);
  });
  expect(status).toBe(130);
  expect(stderr).toMatch(/cleaned up/);
});

it("the second Ctrl-C leaves at once", async () => {
  const { status } = await app(["stubborn"], (child) => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 1000);
  });
  expect(status).toBe(130);
});

it("SIGTERM ends with 143", async () => {
  expect((await app(["wait"], (child) => child.kill("SIGTERM"))).status).toBe(143);
});
