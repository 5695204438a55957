import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";

import { runProcess, type ProcessRequest } from "../src/index.ts";
import { temporaryDirectory, untilEnded } from "./helpers.ts";

const shell = (script: string, more: Partial<ProcessRequest> = {}) =>
  runProcess({ file: "/bin/sh", args: ["-c", script], ...more });
const node = (script: string, more: Partial<ProcessRequest> = {}) =>
  runProcess({ file: process.execPath, args: ["-e", script], ...more });

/** Runs a script until it has written `ready`, then aborts it. */
async function abortedWhenReady(script: string, more: Partial<ProcessRequest> = {}) {
  const controller = new AbortController();
  return shell(script, {
    ...more,
    signal: controller.signal,
    onLine: (line) => {
      if (line === "ready") controller.abort();
    },
  });
}

test("both streams, the exit code and the argv come back", async () => {
  const outcome = await shell("echo out; echo err >&2; exit 3");
  expect(outcome).toMatchObject({
    reason: "exited",
    exitCode: 3,
    stdout: "out\n",
    stderr: "err\n",
    truncated: false,
  });
  expect(outcome.argv).toEqual(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"]);
});

test("arguments are not read by a shell", async () => {
  const { stdout } = await runProcess({
    file: "/bin/sh",
    args: ["-c", 'printf %s "$1"', "sh", "$(id); `id` ' \" *"],
  });
  expect(stdout).toBe("$(id); `id` ' \" *");
});

test("stdin is closed unless something is given", async () => {
  expect(await shell("cat; echo end")).toMatchObject({ stdout: "end\n" });
  expect(await shell("cat", { input: "given" })).toMatchObject({ stdout: "given" });
});

test("a program that does not read what it is given is no error", async () => {
  expect(await shell("exec true", { input: "x".repeat(5_000_000) })).toMatchObject({
    reason: "exited",
    exitCode: 0,
  });
});

test("the environment is the given one and no other", async () => {
  const { stdout } = await runProcess({ file: "/usr/bin/env", args: [], env: { ONE: "1", NOT: undefined } });
  expect(stdout).toBe("ONE=1\n");
});

test("a program that is not there is an outcome with its errno", async () => {
  const outcome = await runProcess({ file: "/nonexistent/program", args: [] });
  expect(outcome).toMatchObject({ reason: "spawn-failed", spawnErrorCode: "ENOENT", exitCode: undefined });
});

test("a file that may not be executed is an outcome with its errno", async () => {
  const outcome = await runProcess({ file: "/etc/passwd", args: [] });
  expect(outcome).toMatchObject({ reason: "spawn-failed", spawnErrorCode: "EACCES" });
});

test("an argument that no program can be given is an outcome, too", async () => {
  const outcome = await runProcess({ file: "/bin/echo", args: ["a\0b"] });
  expect(outcome).toMatchObject({ reason: "spawn-failed", spawnErrorCode: "ERR_INVALID_ARG_VALUE" });
});

test("a program killed by a signal is told apart from one that exited", async () => {
  expect(await shell("kill -KILL $$")).toMatchObject({
    reason: "signalled",
    signal: "SIGKILL",
    exitCode: undefined,
  });
});

test("a program that takes too long is ended", async () => {
  expect(await shell("exec sleep 600", { timeoutMs: 100 })).toMatchObject({
    reason: "timed-out",
    signal: "SIGTERM",
  });
});

test.each([2 ** 31, Infinity])(
  "a limit of %d ms, which no timer can wait, ends nothing",
  async (timeoutMs) => {
    expect(await shell("sleep 0.1; echo end", { timeoutMs })).toMatchObject({
      reason: "exited",
      stdout: "end\n",
    });
  },
);

test("an aborted signal starts nothing", async () => {
  const file = join(temporaryDirectory(), "started");
  const outcome = await shell(`: > '${file}'`, { signal: AbortSignal.abort() });
  expect(outcome.reason).toBe("aborted");
  expect(existsSync(file)).toBe(false);
});

test("aborting ends the program and its grandchildren", async () => {
  const file = join(temporaryDirectory(), "pid");
  const outcome = await abortedWhenReady(`(sh -c 'echo $$ > "${file}"; exec sleep 600' & wait) & 
    while [ ! -s '${file}' ]; do sleep 0.05; done; echo ready; wait`);
  expect(outcome.reason).toBe("aborted");
  await untilEnded(Number(readFileSync(file, "utf8")));
});

test("a grandchild that ignores SIGTERM does not outlive the program that obeyed", async () => {
  const file = join(temporaryDirectory(), "pid");
  const outcome =
    await abortedWhenReady(`sh -c 'trap "" TERM; echo $$ > "${file}"; while :; do sleep 1; done' &
    while [ ! -s '${file}' ]; do sleep 0.05; done; echo ready; wait`);
  expect(outcome).toMatchObject({ reason: "aborted", signal: "SIGTERM" });
  await untilEnded(Number(readFileSync(file, "utf8")));
});

test("a program that ignores the first signal gets the next one", async () => {
  const outcome = await abortedWhenReady(`trap '' INT; echo ready; while :; do sleep 0.05; done`, {
    stopSteps: [
      { signal: "SIGINT", graceMs: 200 },
      { signal: "SIGKILL", graceMs: 0 },
    ],
  });
  expect(outcome).toMatchObject({ reason: "aborted", signal: "SIGKILL" });
});

test("a program that cleans up when it is asked to end is let do so", async () => {
  const outcome = await abortedWhenReady(
    `trap 'echo cleaned; exit 7' TERM; echo ready; while :; do sleep 0.05; done`,
  );
  expect(outcome).toMatchObject({ reason: "aborted", exitCode: 7, stdout: "ready\ncleaned\n" });
});

test("a daemon that keeps the pipes open does not hold the run up", async () => {
  const file = join(temporaryDirectory(), "pid");
  const outcome = await shell(`sleep 600 & echo $! > '${file}'; echo started`);
  expect(outcome).toMatchObject({ reason: "exited", exitCode: 0, stdout: "started\n" });
  const daemon = Number(readFileSync(file, "utf8"));
  // It was not ours to end.
  process.kill(daemon, 0);
  process.kill(daemon, "SIGKILL");
});

test("a line of three megabytes arrives whole when it may be that long", async () => {
  const lines: string[] = [];
  await node(`process.stdout.write("x".repeat(3_000_000) + "\\nend\\n")`, {
    maxLineLength: 4 * 1024 * 1024,
    onLine: (line) => lines.push(line),
  });
  expect(lines.map(({ length }) => length)).toEqual([3_000_000, 3]);
});

test("a longer line is cut, and the next one is whole", async () => {
  const lines: string[] = [];
  await node(`process.stdout.write("x".repeat(3_000_000) + "\\nend\\n")`, {
    maxLineLength: 1000,
    onLine: (line) => lines.push(line),
  });
  expect(lines).toEqual(["x".repeat(1000), "end"]);
});

test("a character that arrives in two parts is one character", async () => {
  const lines: string[] = [];
  await node(
    `const bytes = Buffer.from("für\\n");
     process.stdout.write(bytes.subarray(0, 2));
     setTimeout(() => process.stdout.write(bytes.subarray(2)), 100);`,
    { onLine: (line) => lines.push(line) },
  );
  expect(lines).toEqual(["für"]);
});

test("a last line without a newline is a line, and a carriage return before a newline is none of it", async () => {
  const lines: string[] = [];
  await shell(String.raw`printf 'one\r\ntwo'`, { onLine: (line) => lines.push(line) });
  expect(lines).toEqual(["one", "two"]);
});

test("the end of a long output is kept, and it is said that the beginning is not", async () => {
  const outcome = await node(`for (let i = 0; i < 100000; i++) console.log(i)`, { maxOutputBytes: 1000 });
  expect(outcome.truncated).toBe(true);
  expect(outcome.stdout).toMatch(/99998\n99999\n$/);
  expect(outcome.stdout.length).toBe(1000);
});

test("what we leave behind when we exit in a hurry is asked to end and can clean up", async () => {
  const file = join(temporaryDirectory(), "cleaned");
  // Not a shell: now and then one of them dies of a signal that comes while it forks, without its trap.
  const cleaner = `process.on("SIGTERM", () => {
    require("node:fs").writeFileSync(process.argv[1], "done\\n");
    process.exit();
  });
  console.log("ready");
  setInterval(() => {}, 1000);`;
  const script = `
    import { runProcess } from ${JSON.stringify(join(import.meta.dirname, "../src/index.ts"))};
    void runProcess({
      file: process.execPath,
      args: ["-e", ${JSON.stringify(cleaner)}, ${JSON.stringify(file)}],
      onLine: () => process.exit(9),
    });`;
  const outcome = await runProcess({
    file: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "-e", script],
    cwd: import.meta.dirname,
  });
  expect(outcome).toMatchObject({ exitCode: 9 });
  await vi.waitFor(() => expect(readFileSync(file, "utf8")).toBe("done\n"), { timeout: 20_000 });
});
