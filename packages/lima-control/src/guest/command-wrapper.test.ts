import { tmpdir } from "node:os";
import { expect, test } from "vitest";

import { findExecutable, runProcess } from "@sysinit-internal/process";

import { wrapCommand } from "./command-wrapper.ts";
import { MarkerFilter } from "./marker-filter.ts";

// The script is for the guest's /bin/sh, whichever that is, and is run here with those that this machine has.
const shells = ["sh", "bash", "dash", "zsh", "busybox"]
  .map((name) => findExecutable(name))
  .filter((path) => path !== undefined);

async function run(
  shell: string,
  argv: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; input?: string } = {},
) {
  const wrapped = wrapCommand(argv, { cwd: options.cwd ?? "/", env: options.env ?? {}, user: undefined });
  const words = [...wrapped.argv.slice(1)];
  const outcome = await runProcess({
    file: shell,
    args: shell.endsWith("busybox") ? ["sh", ...words] : words,
    input: options.input,
    timeoutMs: 20_000,
  });
  return { outcome, ...read(wrapped.marker, outcome.stderr) };
}

function read(marker: string, written: string) {
  const filter = new MarkerFilter(marker);
  const stderr = `${filter.push(Buffer.from(written)).toString()}${filter.rest().toString()}`;
  return { end: filter.end, stderr };
}

test.each(shells)("%s tells the status of the command", async (shell) => {
  for (const status of [0, 1, 125, 126, 255]) {
    expect(await run(shell, ["sh", "-c", `exit ${status}`])).toMatchObject({
      end: { exitCode: status },
      stderr: "",
    });
  }
  expect((await run(shell, ["sh", "-c", "kill -9 $$"])).end).toEqual({ exitCode: 137 });
  expect((await run(shell, ["no-such-command"])).end).toEqual({ exitCode: 127 });
  expect((await run(shell, ["A=b", "true"])).end).toEqual({ exitCode: 127 });
});

test.each(shells)("%s passes on arguments, environment, directory and stdin as they are", async (shell) => {
  const odd = ["A=b", "", "it's", '"', "$HOME", "`id`", "a\nb", "\\", "*", "-n", "%s"];
  const printed = await run(shell, ["printf", "%s\\0", ...odd]);
  expect(printed.outcome.stdout.split("\0").slice(0, -1)).toEqual(odd);
  const env = { WORD: "it's\n$HOME", OTHER: "" };
  expect((await run(shell, ["sh", "-c", 'printf %s "$WORD$OTHER"'], { env })).outcome.stdout).toBe(env.WORD);
  expect((await run(shell, ["pwd"], { cwd: "/usr" })).outcome.stdout).toBe("/usr\n");
  expect((await run(shell, ["cat"], { input: "in\nput" })).outcome.stdout).toBe("in\nput");
});

test.each(shells)(
  "%s sets every variable, whatever the shell itself does with one of its name",
  async (shell) => {
    const names = ["UID", "EUID", "PPID", "SHELLOPTS", "RANDOM", "OPTIND", "IFS", "PWD", "LC_ALL", "_A"];
    const env = Object.fromEntries(
      [...names, "sysinit_count", "sysinit_marker"].map((name) => [name, "x y"]),
    );
    const { outcome, stderr } = await run(shell, ["env"], { env });
    const printed = outcome.stdout.split("\n");
    expect(printed).toEqual(expect.arrayContaining(Object.entries(env).map((entry) => entry.join("="))));
    expect(stderr).toBe("");
    expect((await run(shell, ["A=b", "true"], { env })).end).toEqual({ exitCode: 127 });
  },
);

test.each(shells)("%s takes the name of a program for no option", async (shell) => {
  for (const argv of [["-c", "/bin/echo"], ["-a", "x", "/bin/echo"], ["-c"]]) {
    expect(await run(shell, argv)).toMatchObject({ end: { exitCode: 127 }, outcome: { stdout: "" } });
    expect((await run(shell, argv, { env: { A: "b" } })).end).toEqual({ exitCode: 127 });
  }
});

test.each(shells)("%s says nothing of the signal that killed a command", async (shell) => {
  const crash = ["sh", "-c", "echo own >&2; kill -SEGV $$"];
  expect(await run(shell, crash)).toMatchObject({ end: { exitCode: 139 }, stderr: "own\n" });
});

test.each(shells)("%s gives the command no descriptors but three", async (shell) => {
  const { outcome } = await run(shell, ["sh", "-c", "{ echo x >&3; } 2>/dev/null || echo closed"]);
  expect(outcome.stdout).toBe("closed\n");
});

test.each(shells)("%s tells a directory that is not there", async (shell) => {
  expect(await run(shell, ["true"], { cwd: "/no/such" })).toMatchObject({ end: "no-directory", stderr: "" });
});

test.each(shells)("%s leaves no variable of ours in the environment but the id", async (shell) => {
  const { outcome } = await run(shell, ["env"], { env: { WORD: "x" } });
  // The shell stands for the guest and has our environment, with variables of the set-up in it.
  const inherited = (line: string) => line.split("=")[0]! in process.env;
  const ours = outcome.stdout
    .split("\n")
    .filter((line) => /^(sysinit|SYSINIT_LIMA)/.test(line) && !inherited(line));
  expect(ours).toEqual([expect.stringMatching(/^SYSINIT_LIMA_CALL=/)]);
});

test("root goes through sudo that asks for nothing", () => {
  expect(wrapCommand(["x"], { cwd: "/", env: {}, user: "root" }).argv.slice(0, 4)).toEqual([
    "sudo",
    "-n",
    "--",
    "/bin/sh",
  ]);
});

test.skipIf(process.platform !== "linux")(
  "a command is ended with all that it started, and nothing else",
  async () => {
    const wrapped = wrapCommand(["sh", "-c", "sleep 600 & echo begun; wait; true"], {
      cwd: tmpdir(),
      env: {},
      user: undefined,
    });
    const other = wrapCommand(["sleep", "2"], { cwd: "/", env: {}, user: undefined });
    const [file, ...args] = wrapped.killArgv;
    let ended: Promise<unknown> | undefined;
    const running = runProcess({
      file: wrapped.argv[0]!,
      args: wrapped.argv.slice(1),
      timeoutMs: 20_000,
      onLine: (_, stream) => {
        if (stream === "stdout") ended ??= runProcess({ file: file!, args, timeoutMs: 20_000 });
      },
    });
    const bystander = runProcess({ file: other.argv[0]!, args: other.argv.slice(1), timeoutMs: 20_000 });
    expect((await running).reason).not.toBe("timed-out");
    await ended;
    expect(read(other.marker, (await bystander).stderr).end).toEqual({ exitCode: 0 });
  },
);
