import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import packageJson from "../package.json" with { type: "json" };
import { complete } from "../src/completion/complete.ts";
import { topics } from "../src/help/topics.ts";
import { leaves, manualPage } from "../src/man/manual-page.ts";
import { createProgram } from "../src/program.ts";
import { commandTable } from "../src/program/command-table.ts";
import { inTerminal } from "./in-terminal.ts";
import { cli, cliArgv } from "./run-cli.ts";

vi.setConfig({ testTimeout: 60_000 });

const table = commandTable(createProgram());
let work: string;
let env: Record<string, string>;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "habits-"));
  const home = join(work, "lima");
  for (const folder of ["web-1a2b3c", "work", "_config", "_images"])
    await mkdir(join(home, folder), { recursive: true });
  for (const image of ["lima-minimal", "other"])
    await symlink("nowhere.qcow2", join(home, `_images/sysinit-${image}-latest.qcow2`));
  env = { HOME: work, LIMA_HOME: home };
});

afterAll(() => rm(work, { recursive: true, force: true }));

describe("completion", () => {
  const names = { instances: () => ["web-1a2b3c", "work"], images: () => ["lima-minimal"] };
  const words = (...typed: string[]) => complete(table, typed, names).candidates.map(({ word }) => word);

  it.each([
    [["sta"], ["status", "start"]],
    [
      ["images", "r"],
      ["rollback", "remove", "repair"],
    ],
    [
      ["status", "w"],
      ["web-1a2b3c", "work"],
    ],
    [
      ["delete", "work", ""],
      ["web-1a2b3c", "work"],
    ],
    [["images", "show", ""], ["lima-minimal"]],
    [["images", "rollback", ""], ["lima-minimal"]],
    [["up", "--im"], ["--image"]],
    [["up", "--image", "l"], ["lima-minimal"]],
    [
      ["run", "--keep", ""],
      ["never", "on-failure", "always"],
    ],
    [["run", "--from", "wo"], ["work"]],
    [["logs", "--lines", ""], []],
    [["exec", "work", "--", ""], []],
    [["status", "work", ""], []],
  ])("%j", (typed, expected) => {
    expect(words(...typed)).toEqual(expected);
  });

  it("names what is there just now, without any tool", async () => {
    const { stdout } = await cli(["__complete", "--", "shell", "w"], {
      env: { ...env, PATH: "/nonexistent" },
    });
    expect(stdout).toBe("web-1a2b3c\t\nwork\t\n");
  });

  it("works in bash", async () => {
    const bin = join(work, "bin");
    await mkdir(bin);
    await writeFile(
      join(bin, "lima-cli"),
      `#!/bin/sh\nexec ${cliArgv.map((word) => `'${word}'`).join(" ")} "$@"\n`,
    );
    await chmod(join(bin, "lima-cli"), 0o755);
    const script = `
source <(lima-cli completion bash)
try() { COMP_WORDS=(lima-cli "$@"); COMP_CWORD=$#; _lima_cli 2>/dev/null; echo "\${COMPREPLY[*]}"; }
try sta; try status we; try images show o`;
    const answer = execFileSync("bash", ["--norc", "-c", script], {
      encoding: "utf8",
      env: { ...process.env, ...env, PATH: `${bin}:${process.env["PATH"]}` },
    });
    expect(answer).toBe("status start\nweb-1a2b3c\nother\n");
  });
});

describe("completion in a terminal", () => {
  it("Tab shows the commands that begin so, and fills in the one that is meant", async () => {
    const bin = join(work, "bin");
    const steps: [string, string][] = [
      ["$ ", `. <(lima-cli completion bash); echo sour''ced\r`],
      ["sourced", "lima-cli sta\t\t"],
      ["status  ", "tu\twe\t"],
      ["status web-1a2b3c ", "\u0015exit\r"],
    ];
    const { screen } = await inTerminal(["bash", "--norc", "--noprofile", "-i"], {
      env: { ...env, PATH: `${bin}:${process.env["PATH"]}`, PS1: "$ ", INPUTRC: "/dev/null" },
      onOutput(raw, type) {
        const [wait, typed] = steps[0] ?? [];
        if (wait === undefined || !raw.includes(wait)) return;
        steps.shift();
        type(typed!);
      },
    });
    expect(steps).toEqual([]);
    expect(screen.join("\n")).toMatch(/^start +status *$/m);
  });
});

describe("did you mean", () => {
  it.each([
    ["a command", ["stauts"], /Did you mean status\?/],
    ["an option", ["up", "--imgae", "x"], /Did you mean --image\?/],
    ["a topic", ["help", "confg"], /hint: did you mean config\?/],
    ["an instance", ["status", "web-1a2b3x"], /INSTANCE_NOT_FOUND[^]*hint: did you mean web-1a2b3c\?/],
    ["an image", ["images", "show", "lima-minmal"], /IMAGE_NOT_FOUND[^]*hint: did you mean lima-minimal\?/],
  ])("%s", async (_, args, message) => {
    expect((await cli(args, { env })).stderr).toMatch(message);
  });
});

describe("help", () => {
  it.each(Object.keys(topics))("%s is a topic, in lines that fit", async (topic) => {
    const { status, stdout } = await cli(["help", topic]);
    expect(status).toBe(0);
    expect(stdout.startsWith(`${topics[topic]!.title}\n\n`)).toBe(true);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(130);
  });

  it("of a command is its own help; without words all there is, with the topics", async () => {
    expect((await cli(["help", "images", "show"])).stdout).toMatch(/^Usage: lima-cli images show/);
    expect((await cli(["help"])).stdout).toMatch(/Commands:[^]*Topics \(lima-cli help TOPIC\):\n {2}config/);
  });
});

describe("the manual page", () => {
  it("is what the commands say; `pnpm man` writes it", async () => {
    const file = join(import.meta.dirname, "../man/lima-cli.1");
    expect(await readFile(file, "utf8")).toBe(manualPage(table, packageJson.version));
  });

  it("has every command with every option", async () => {
    const page = (await readFile(join(import.meta.dirname, "../man/lima-cli.1"), "utf8")).replaceAll(
      "\\-",
      "-",
    );
    for (const { path, command } of leaves(table)) {
      expect(page).toContain(`.SS "\\fB${path.join(" ")}\\fR`);
      for (const { flags } of command.options)
        expect(page).toContain(`\\fB${flags.replaceAll("…", "...")}\\fR`);
    }
  });
});

describe("doctor --fix", () => {
  // A key that others may read is what can be wrong without any tool.
  const key = () => join(env["LIMA_HOME"]!, "_config/user");
  const mode = async () => ((await import("node:fs")).statSync(key()).mode & 0o777).toString(8);

  it("without a terminal it never asks: it is refused before anything is done, unless yes was said", async () => {
    await writeFile(key(), "");
    await chmod(key(), 0o644);
    const refused = await cli(["doctor", "--fix"], { env: { ...env, PATH: "/nonexistent" } });
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(/there is no terminal to ask on[^]*--yes/);
    expect(await mode()).toBe("644");
    const done = await cli(["doctor", "--fix", "--yes"], { env: { ...env, PATH: "/nonexistent" } });
    expect(done.stderr).toMatch(/others may read .*_config\/user[^]*✓ chmod 600/);
    expect(await mode()).toBe("600");
  });

  it.each([
    ["y", "600"],
    ["", "644"],
  ])("on a terminal it asks: %j", async (typed, expected) => {
    await chmod(key(), 0o644);
    let asked = false;
    const { raw } = await inTerminal([...cliArgv, "doctor", "--fix"], {
      env: { ...env, PATH: "/usr/bin:/bin" },
      onOutput(text, type) {
        if (asked || !text.includes("chmod 600") || !text.includes("[y/N]")) return;
        asked = true;
        type(`${typed}\r`);
      },
    });
    expect(raw).toMatch(/\[y\/N\]/);
    expect(await mode()).toBe(expected);
  });
});
