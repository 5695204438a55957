import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { leaves } from "../src/man/manual-page.ts";
import { commandTable } from "../src/program/command-table.ts";
import { createProgram } from "../src/program.ts";
import { cli, jsonLines } from "./run-cli.ts";

let home: string;
let env: Record<string, string>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "cli home "));
  // A PATH without limactl and nix: what is refused here is refused before any tool is asked.
  env = { HOME: home, LIMA_HOME: join(home, "lima"), PATH: "/nonexistent" };
  return () => rm(home, { recursive: true });
});

it.each(leaves(commandTable(createProgram())).map(({ path }) => [path.join(" "), path] as const))(
  "%s --help shows examples and takes --json",
  (_, path) => {
    let command = createProgram();
    for (const name of path) command = command.commands.find((inner) => inner.name() === name)!;
    let text = "";
    command.configureOutput({ writeOut: (piece) => (text += piece) }).outputHelp();
    expect(text).toMatch(/Examples:\n {2}lima-cli /);
    expect(text).toContain("--json");
  },
);

describe("wrong usage ends with 2 and changes nothing on disk", () => {
  it.each([
    ["an unknown command", ["lsit"], /unknown command 'lsit'[^]*Did you mean list/],
    ["an unknown option", ["list", "--jsn"], /unknown option '--jsn'[^]*Did you mean --json/],
    ["a missing argument", ["status"], /missing required argument 'NAME'/],
    ["an argument too many", ["status", "a", "b"], /too many arguments/],
    ["a name that Lima would refuse", ["up", "no such/name"], /BAD_INSTANCE_NAME/],
    ["an image name that the store would refuse", ["install", "--name", "../x", "image.qcow2"], /BAD_NAME/],
    ["a number that is none", ["logs", "x", "--lines", "many"], /a whole number is wanted/],
    ["an installable that is an option", ["build", "--", "--option"], /BAD_INSTALLABLE/],
  ])("%s", async (_, args, message) => {
    const { status, stdout, stderr } = await cli(args, { env });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(await readdir(home)).toEqual([]);
  });

  it("as JSON too when JSON was asked for", async () => {
    const { status, stdout } = await cli(["up", "no such/name", "--json"], { env });
    expect(status).toBe(2);
    expect(jsonLines(stdout)).toEqual([{ error: expect.objectContaining({ code: "BAD_INSTANCE_NAME" }) }]);
    expect(jsonLines((await cli(["lsit", "--json"], { env })).stdout)).toEqual([
      { error: expect.objectContaining({ code: "USAGE" }) },
    ]);
  });
});

describe("something missing on the machine ends with 3", () => {
  it.each([
    ["no limactl", ["up"], /limactl[^]*PREREQUISITE_MISSING/],
    ["no nix", ["build", ".#x"], /NIX_NOT_FOUND/],
  ])("%s", async (_, args, message) => {
    const { status, stderr } = await cli(args, { env });
    expect(status).toBe(3);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/\nhint: /);
  });

  it("no HOME", async () => {
    const { status, stderr } = await cli(["images", "list"], {
      env: { PATH: "/nonexistent", HOME: undefined, LIMA_HOME: undefined },
    });
    expect(status).toBe(3);
    expect(stderr).toMatch(/HOME_UNSET/);
  });

  it("doctor says every one with the command that mends it", async () => {
    const { status, stdout } = await cli(["doctor", "--json"], { env });
    expect(status).toBe(3);
    const missing = jsonLines(stdout).filter(({ state }) => state === "missing");
    expect(missing.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["NIX_NOT_FOUND", "LIMACTL_NOT_FOUND"]),
    );
    for (const { hint } of missing) expect(hint).toMatch(/\w/);
  });
});

describe("template validate", () => {
  it("the built-in template is fine: status 0", async () => {
    const { status, stdout } = await cli(["template", "validate"], { env });
    expect(status).toBe(0);
    expect(stdout).toMatch(/OK\n$/);
  });

  it("ends with 2 and file:line:col, rule and hint for each finding", async () => {
    const file = join(home, "bad.yaml");
    await writeFile(file, "images: []\ncpus: many\nmemroy: 4GiB\n");
    const { status, stdout } = await cli(["template", "validate", "bad.yaml"], { env, cwd: home });
    expect(status).toBe(2);
    expect(stdout).toMatch(/bad\.yaml:2:7: error\[/);
    expect(stdout).toMatch(/bad\.yaml:3:1: error\[[A-Z_]+\][^]*memory/);
  });

  it("a template that is not there is an error with its path", async () => {
    const { status, stderr } = await cli(["template", "validate", "absent.yaml"], { env, cwd: home });
    expect(status).toBe(2);
    expect(stderr).toMatch(/absent\.yaml[^]*TEMPLATE_UNREADABLE/);
  });

  it("render prints a template that validates", async () => {
    const { stdout } = await cli(["template", "render"], { env });
    await writeFile(join(home, "rendered.yaml"), stdout);
    expect((await cli(["template", "validate", "rendered.yaml"], { env, cwd: home })).status).toBe(0);
  });
});

it("an empty store lists nothing on stdout and says so on stderr", async () => {
  const { status, stdout, stderr } = await cli(["images", "list"], { env });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toMatch(/no images in /);
});
