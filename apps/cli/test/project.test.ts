import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { cli, jsonLines } from "./run-cli.ts";
import { isRoot, standInHost, type StandInHost } from "./stand-in-host.ts";

let host: StandInHost;

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

beforeAll(async () => {
  host = await standInHost();
});

afterAll(() => host[Symbol.asyncDispose]());

const run = (cwd: string, ...args: string[]) => cli(args, { cwd, env: host.env });

describe("init", () => {
  it("writes a commented lima-cli.yaml and never overwrites one", async () => {
    const folder = join(host.work, "fresh");
    await mkdir(folder);
    const first = await run(folder, "init", "--image", ".#image");
    expect(first).toMatchObject({ status: 0 });
    expect(first.stdout).toMatch(/lima-cli\.yaml\nits VM is fresh-[0-9a-f]{6}/);
    const text = await readFile(join(folder, "lima-cli.yaml"), "utf8");
    expect(text).toMatch(/^# yaml-language-server: \$schema=[^]*^image: ".#image"$/m);

    const second = await run(folder, "init");
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(/is there already \[CONFIG_EXISTS\]/);
    expect(await readFile(join(folder, "lima-cli.yaml"), "utf8")).toBe(text);
  });
});

describe("config show", () => {
  it("--origin says what came from where", async () => {
    const folder = await host.project("origins", "# one\nmemory: 2GiB\n");
    await mkdir(join(host.env["HOME"]!, ".config/lima-cli"), { recursive: true });
    const user = join(host.env["HOME"]!, ".config/lima-cli/config.yaml");
    await writeFile(user, "disk: 30GiB\n");
    try {
      const { stdout } = await cli(["config", "show", "--origin"], {
        cwd: folder,
        env: { ...host.env, LIMA_CLI_CPUS: "3" },
      });
      const rows = stdout.split("\n").map((line) => line.split(/ {2,}/));
      expect(rows).toEqual([
        ["SETTING", "ORIGIN", "VALUE"],
        ["cpus", "LIMA_CLI_CPUS", "3"],
        ["memory", `${folder}/lima-cli.yaml:2:9`, "2GiB"],
        ["disk", `${user}:1:7`, "30GiB"],
        [""],
      ]);
    } finally {
      await writeFile(user, "");
    }
  });

  it("an error in a file is told with file, line and column, and nothing is done", async () => {
    const folder = await host.project("faulty", "cpus: 2\nmonuts: []\n");
    const { status, stderr } = await run(folder, "up");
    expect(status).toBe(2);
    expect(stderr).toContain(`${folder}/lima-cli.yaml:2:1: monuts: no such key (did you mean mounts?)`);
  });
});

describe.skipIf(isRoot)("the VM of a project", () => {
  let folder: string;
  let name: string;

  beforeAll(async () => {
    folder = await host.project("web", "image: lima-minimal\ncpus: 2\n");
    await writeFile(
      join(folder, "lima-cli.yaml"),
      `image: lima-minimal\ncpus: 2\nchecks:\n  - file: ${folder}/ready\n    timeout: 1s\n`,
    );
    await mkdir(join(folder, "src/deep"), { recursive: true });
  });

  it("up waits for what its checks say, and a VM that does not come to that is not kept", async () => {
    const { status, stderr } = await run(folder, "up");
    expect(status).toBe(124);
    expect(stderr).toContain(`${folder}/ready exists`);
    await writeFile(join(folder, "ready"), "");
  });

  it("up in any folder of the project makes it, with the project at the same path", async () => {
    const first = await run(join(folder, "src/deep"), "up", "--json");
    expect(first, first.stderr).toMatchObject({ status: 0 });
    const [made] = jsonLines(first.stdout) as [
      { action: string; instance: { name: string; mountPoints: string[] } },
    ];
    name = made.instance.name;
    expect(made.action).toBe("created");
    expect(name).toMatch(/^web-[0-9a-f]{6}$/);
    expect(made.instance.mountPoints).toEqual([folder]);
  });

  it("up again, in another folder, finds that one and does nothing", async () => {
    expect((await run(join(folder, "src"), "up")).stdout).toMatch(
      new RegExp(`^${name} is running already\n`),
    );
    const [again] = jsonLines((await run(folder, "up", "--json")).stdout);
    expect(again).toMatchObject({ action: "already-running", changes: [] });
  });

  it("up that has nothing to do asks no tool", async () => {
    const env = { ...host.env, PATH: "/nonexistent" };
    const { status, stdout } = await cli(["up"], { cwd: folder, env });
    expect(status).toBe(0);
    expect(stdout).toMatch(/is running already/);
  });

  it("shell and exec land in the folder of the guest that matches", async () => {
    expect((await run(join(folder, "src/deep"), "shell", "--", "pwd")).stdout).toBe(`${folder}/src/deep\n`);
    expect((await run(folder, "exec", "--", "pwd")).stdout).toBe(`${folder}\n`);
    expect((await run(folder, "exec", "--cwd", "/etc", "--", "pwd")).stdout).toBe("/etc\n");
    // A VM that is named has nothing to do with where the person is.
    expect((await run(folder, "exec", name, "--", "pwd")).stdout).toBe("/\n");
  });

  it("another checkout has another VM", async () => {
    const other = await host.project("copy/web", "image: lima-minimal\n");
    const { stdout } = await run(other, "up", "--dry-run", "--json");
    const [plan] = jsonLines(stdout) as [{ name: string }];
    expect(plan.name).toMatch(/^web-[0-9a-f]{6}$/);
    expect(plan.name).not.toBe(name);
  });

  it("list shows whose each is and how old; status and stop need no name", async () => {
    const { stdout } = await run(host.work, "list");
    expect(stdout).toMatch(new RegExp(`^${name} +Running .* ${folder} `, "m"));
    expect((await run(folder, "status")).stdout).toMatch(new RegExp(`^name +${name}$`, "m"));
    expect((await run(folder, "stop")).stdout).toMatch(/is stopped/);
  });

  it("up starts it again, though the quick look had seen it running", async () => {
    const { stdout } = await run(folder, "up");
    expect(stdout).toMatch(new RegExp(`^${name} is ready\n`));
  });

  it("delete without a name takes that one, and only in a project", async () => {
    const elsewhere = await run(host.work, "delete");
    expect(elsewhere.status).toBe(2);
    expect(elsewhere.stderr).toMatch(/belongs to no project \[NO_PROJECT\]/);
    expect((await run(join(folder, "src"), "delete")).stdout).toBe(`${name} is gone\n`);
  });
});

describe.skipIf(isRoot)("a VM with a lifetime", () => {
  it("sweep deletes it when its time is over, and no other", async () => {
    for (const args of [
      ["up", "brief", "--no-build", "--ttl", "1s"],
      ["up", "lasting", "--no-build", "--ttl", "1h"],
      ["up", "kept", "--no-build"],
    ]) {
      const up = await run(host.work, ...args);
      expect(up.status, up.stderr).toBe(0);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await run(host.work, "sweep", "--dry-run")).stdout).toBe(
      "brief would be deleted: its time is over\n",
    );
    expect((await run(host.work, "sweep")).stdout).toBe("brief deleted: its time is over\n");
    const left = jsonLines((await run(host.work, "list", "--json")).stdout).map(
      (instance) => instance["name"],
    );
    expect(left).toEqual(["kept", "lasting"]);
    expect((await run(host.work, "list")).stdout).toMatch(/^lasting .* 59m\d+s /m);
    await run(host.work, "delete", "kept", "lasting");
  });
});
