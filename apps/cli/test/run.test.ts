import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { inTerminal } from "./in-terminal.ts";
import { cli, cliArgv, jsonLines } from "./run-cli.ts";
import { isRoot, standInHost, type StandInHost } from "./stand-in-host.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let host: StandInHost;

beforeAll(async () => {
  host = await standInHost();
});

afterAll(() => host[Symbol.asyncDispose]());

const run = (args: string[], more: Partial<NonNullable<Parameters<typeof cli>[1]>> = {}) =>
  cli(["run", "--no-build", ...args], { cwd: host.work, env: host.env, ...more });

async function names(): Promise<unknown[]> {
  const { stdout } = await cli(["list", "--json"], { env: host.env });
  return jsonLines(stdout).map((instance) => instance["name"]);
}

const stubborn = 'trap "echo caught; exit 7" INT; echo ready; while :; do sleep 0.1; done';

describe.skipIf(isRoot)("run", () => {
  it("the command has stdin, stdout, stderr and exit status as if it were local, and then the VM is gone", async () => {
    const command = ["sh", "-c", 'cat; printf "%s" "$1" >&2; exit 7', "sh", "it's $HOME"];
    const outcome = await run(["--", ...command], { input: "through\0stdin, no newline" });
    expect(outcome).toEqual({
      status: 7,
      signal: null,
      stdout: "through\0stdin, no newline",
      stderr: "it's $HOME",
    });
    expect(await names()).toEqual([]);
  });

  it("in a terminal the command has it: what is typed is its own, its status ours", async () => {
    let typed = false;
    const outcome = await inTerminal(
      [
        ...cliArgv,
        "run",
        "--no-build",
        "--",
        "sh",
        "-c",
        'test -t 0 && test -t 1 && read -r word && exit "$word"',
      ],
      {
        env: { ...host.env, NO_COLOR: "1" },
        cwd: host.work,
        onOutput(raw, type) {
          if (typed || !raw.includes("ready (")) return;
          typed = true;
          type("42\r");
        },
      },
    );
    expect(outcome.status, outcome.raw).toBe(42);
    expect(outcome.screen).toEqual(
      expect.arrayContaining([expect.stringMatching(/^✓ start run-\w+: ready/), "42"]),
    );
    expect(await names()).toEqual([]);
  });

  it("a signal reaches the command, which may deal with it", async () => {
    let sent = false;
    const outcome = await run(["--", "sh", "-c", stubborn], {
      onOutput: (text, child) => {
        if (!sent && text.includes("ready")) sent = child.kill("SIGINT");
      },
    });
    expect(outcome).toMatchObject({ status: 7, stdout: "ready\ncaught\n" });
  });

  it("one that it does not deal with ends it, with the status that a shell gives", async () => {
    let sent = false;
    const outcome = await run(["--", "sh", "-c", "echo ready; sleep 1000"], {
      onOutput: (text, child) => {
        if (!sent && text.includes("ready")) sent = child.kill("SIGTERM");
      },
    });
    expect(outcome.status).toBe(143);
    expect(await names()).toEqual([]);
  });

  it("a command that takes too long is ended with 124, one that is not there with 127, an absent image with 125", async () => {
    expect((await run(["--timeout", "1s", "--", "sleep", "1000"])).status).toBe(124);
    expect((await run(["--", "no-such-command"])).status).toBe(127);
    const absent = await run(["--image", "absent", "--", "true"]);
    expect(absent.status).toBe(125);
    expect(absent.stderr).toMatch(/absent[^]*IMAGE_NOT_FOUND/);
    expect(await names()).toEqual([]);
  });

  it("files go in before and come out afterwards, also when the command fails; only --mount is mounted", async () => {
    await mkdir(join(host.work, "in"));
    await writeFile(join(host.work, "in/one"), "1");
    const script = `cat copy/one; cat /proc/self/mountinfo | grep -c ' ${host.work}/in ' ; echo result >out.txt; exit 3`;
    const outcome = await run([
      ...["--copy-in", "in:copy", "--copy-out", "out.txt:result.txt", "--mount", "in:ro", "--cwd", host.work],
      ...["--", "sh", "-c", script],
    ]);
    expect(outcome).toMatchObject({ status: 3, stdout: "11\n" });
    expect(await readFile(join(host.work, "result.txt"), "utf8")).toBe("result\n");
  });

  it.each([
    [["--mount", "no-such-folder"], /--mount "no-such-folder": .*no-such-folder is no folder/],
    [["--copy-in", "absent"], /--copy-in "absent": there is no .*absent/],
    [["--copy-out", "x:no/such/x"], /there is no folder .*no\/such/],
    [["--timeout", "soon"], /--timeout must be a duration/],
  ])("%j is refused before anything is started", async (flags, message) => {
    const { status, stderr } = await run([...flags, "--", "true"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("--keep on-failure keeps the VM of a command that failed, and says how to get in", async () => {
    const { status, stderr } = await run(["--keep", "on-failure", "--", "false"]);
    expect(status).toBe(1);
    const name = /^(run-[0-9a-f]{6}) is kept: lima-cli shell \1; when done: lima-cli delete \1\n$/.exec(
      stderr,
    )![1]!;
    expect(await names()).toEqual([name]);
    expect((await cli(["list"], { env: host.env })).stdout).toMatch(
      new RegExp(`^${name} .* run of \\S+@`, "m"),
    );
    await cli(["delete", name], { env: host.env });
    expect((await run(["--keep", "on-failure", "--", "true"])).stderr).toBe("");
    expect(await names()).toEqual([]);
  });

  it("kill -9 leaves a VM that sweep takes away", async () => {
    let sent = false;
    await run(["--", "sh", "-c", "echo ready; sleep 1000"], {
      onOutput: (text, child) => {
        if (!sent && text.includes("ready")) sent = child.kill("SIGKILL");
      },
    });
    expect(await names()).toEqual([expect.stringMatching(/^run-/)]);
    const { stdout } = await cli(["sweep"], { env: host.env });
    expect(stdout).toMatch(/^run-[0-9a-f]{6} deleted: left by a run that was killed\n$/);
    expect(await names()).toEqual([]);
  });

  it("a golden VM that was made of the same is cloned, with what was done in it", async () => {
    for (const args of [
      ["up", "golden-tools", "--no-build"],
      ["exec", "golden-tools", "--", "sh", "-c", 'echo prepared >"$HOME/tools"'],
      ["stop", "golden-tools"],
    ])
      expect(await cli(args, { env: host.env, cwd: host.work })).toMatchObject({ status: 0 });
    expect((await run(["--", "cat", "tools"])).stdout).toBe("prepared\n");
    // Made of something else, or asked for a fresh one.
    expect((await run(["--cpus", "3", "--", "cat", "tools"])).status).toBe(1);
    expect((await run(["--fresh", "--", "cat", "tools"])).status).toBe(1);
    expect((await run(["--cpus", "3", "--from", "golden-tools", "--", "cat", "tools"])).stdout).toBe(
      "prepared\n",
    );
    expect(await names()).toEqual(["golden-tools"]);
  });
});
