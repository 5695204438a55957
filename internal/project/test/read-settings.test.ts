import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { findProject, formatOrigin, readSettings, type Project } from "../src/index.ts";

let work: string;
let project: Project;
let env: Record<string, string>;

beforeEach(async () => {
  work = await realpath(await mkdtemp(join(tmpdir(), "settings-")));
  await mkdir(join(work, "app"));
  await mkdir(join(work, "config/lima-cli"), { recursive: true });
  await writeFile(join(work, "app/lima-cli.yaml"), "# mine\ncpus: 2\nmemory: 2GiB\nlifetime:\n  ttl: 2h\n");
  await writeFile(join(work, "config/lima-cli/config.yaml"), "cpus: 1\ndisk: 10GiB\ntemplate: t.yaml\n");
  project = findProject(join(work, "app"))!;
  env = { HOME: "/nowhere", XDG_CONFIG_HOME: join(work, "config") };
  return () => rm(work, { recursive: true });
});

const read = (more: { flags?: Record<string, string>; env?: Record<string, string> } = {}) =>
  readSettings({ flags: more.flags, env: { ...env, ...more.env }, project, directory: work });

it("flag over environment over file over user config, each with where it came from", async () => {
  const settings = await read({ flags: { cpus: "8" }, env: { LIMA_CLI_CPUS: "4", LIMA_CLI_MEMORY: "6GiB" } });
  const said = Object.fromEntries(
    Object.entries(settings).map(([name, { value, origin }]) => [name, [value, formatOrigin(origin)]]),
  );
  expect(said).toEqual({
    cpus: [8, "--cpus"],
    memory: ["6GiB", "LIMA_CLI_MEMORY"],
    ttl: ["2h", `${project.file}:5:8`],
    disk: ["10GiB", `${join(work, "config/lima-cli/config.yaml")}:2:7`],
    template: ["t.yaml", `${join(work, "config/lima-cli/config.yaml")}:3:11`],
  });
});

it("a relative path starts at the file that it is in, and that of a flag where the command was started", async () => {
  expect((await read()).template?.directory).toBe(join(work, "config/lima-cli"));
  expect((await read({ flags: { template: "x.yaml" } })).template?.directory).toBe(work);
});

it("an empty variable is none", async () => {
  expect((await read({ env: { LIMA_CLI_CPUS: "" } })).cpus?.value).toBe(2);
});

it("a time limit without a unit is one in seconds", async () => {
  expect((await read({ flags: { startTimeout: "15" } })).startTimeout?.value).toBe("15s");
});

describe("a value that the setting does not take is told with the name of its flag or variable", () => {
  it.each([
    [{ flags: { cpus: "many" } }, /^--cpus must be a whole number of at least 1, not "many"$/],
    [{ flags: { ttl: "2" } }, /^--ttl must be a duration such as 90s, 10m, 2h or 7d, not "2"$/],
    [{ env: { LIMA_CLI_DISK: "10" } }, /^LIMA_CLI_DISK must be a size such as/],
  ])("%j", async (more, message) => {
    await expect(read(more)).rejects.toMatchObject({
      code: "BAD_SETTING",
      message: expect.stringMatching(message) as unknown,
    });
  });
});
