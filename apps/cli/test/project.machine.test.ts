import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";

import { cli, jsonLines } from "./run-cli.ts";

// Three starts: the VM of a project, that of a run, and a golden one.
let work: string;
let project: string;
let env: Record<string, string>;
let name = "";

beforeAll(async () => {
  // Short: Lima keeps sockets in it.
  work = await mkdtemp(join(tmpdir(), "proj-"));
  // Not below /tmp, which a guest has for itself.
  project = await realpath(await mkdtemp("/var/tmp/my project-"));
  await mkdir(join(project, ".git"));
  await mkdir(join(project, "src/deep"), { recursive: true });
  await mkdir(join(work, "home"));
  env = { HOME: join(work, "home"), LIMA_HOME: join(work, "lima") };
  const installed = await cli(["install", process.env["SYSINIT_TEST_IMAGE"]!, "--name", "lima-minimal"], {
    env,
  });
  expect(installed).toMatchObject({ status: 0 });
  await writeFile(
    join(project, "lima-cli.yaml"),
    `image: lima-minimal
cpus: 2
provision:
  - script: |
      #!/bin/sh
      echo "made by $(id -un)" >/run/provisioned
checks:
  - file: /run/provisioned
`,
  );
});

afterAll(async () => {
  if (name !== "") await cli(["delete", name], { env });
  await rm(work, { recursive: true, force: true });
  await rm(project, { recursive: true, force: true });
});

it("up in a folder of the project makes its VM, provisioned and checked", async () => {
  const up = await cli(["up", "--json"], { env, cwd: join(project, "src") });
  expect(up.status, up.stderr).toBe(0);
  const [made] = jsonLines(up.stdout) as [{ action: string; instance: { name: string } }];
  name = made.instance.name;
  expect(made.action).toBe("created");
  expect(name).toMatch(/^my-project-\w+-[0-9a-f]{6}$/);
  expect((await cli(["exec", "--", "cat", "/run/provisioned"], { env, cwd: project })).stdout).toBe(
    "made by root\n",
  );
});

it("shell lands in the matching folder, and the project is the same on both sides", async () => {
  const deep = join(project, "src/deep");
  const { stdout, stderr } = await cli(["shell", "--", "sh", "-c", "pwd; id -u; echo from the guest >note"], {
    env,
    cwd: deep,
  });
  expect(stdout, stderr).toBe(`${deep}\n${process.getuid!()}\n`);
  expect(await readFile(join(deep, "note"), "utf8")).toBe("from the guest\n");
});

it("up again does nothing, status knows of no change, and logs follow the host agent, the console and the journal", async () => {
  expect((await cli(["up"], { env, cwd: project })).stdout).toMatch(
    new RegExp(`^${name} is running already\n`),
  );
  expect((await cli(["status"], { env, cwd: project })).stdout).not.toMatch(/^changed/m);
  const wanted = ["agent", "serial", "journal"];
  const logs = await cli(["logs", "--follow", "--json", "--lines", "5"], {
    env,
    cwd: project,
    onOutput: (text, child) => {
      if (wanted.every((source) => text.includes(`"source":"${source}"`))) child.kill("SIGINT");
    },
  });
  expect(logs.status).toBe(130);
  expect((await cli(["delete"], { env, cwd: project })).status).toBe(0);
  name = "";
});

it("run: the command's own stdin, output and status, files in and out, and then the VM is gone", async () => {
  await writeFile(join(work, "input.txt"), "in");
  const script = 'cat input.txt -; echo why >&2; id -un >who.txt; test -e "$1" && exit 1; exit 42';
  const run = await cli(
    [
      "run",
      "--copy-in",
      "input.txt",
      "--copy-out",
      "who.txt",
      "--image",
      "lima-minimal",
      "--",
      "sh",
      "-c",
      script,
      "sh",
      project,
    ],
    { env, cwd: work, input: "through stdin" },
  );
  expect(run).toMatchObject({ status: 42, stdout: "inthrough stdin", stderr: "why\n" });
  expect(await readFile(join(work, "who.txt"), "utf8")).toBe("dev\n");
  expect((await readdir(env["LIMA_HOME"]!)).filter((entry) => !entry.startsWith("_"))).toEqual([]);
});

it("run: a golden VM that is suspended goes on in the clone, which does not boot", async () => {
  const template = join(work, "without-mounts.yaml");
  await writeFile(
    template,
    `images: [{location: ${JSON.stringify(process.env["SYSINIT_TEST_IMAGE"])}}]
cpus: 2
memory: 2GiB
user: {name: dev, home: /home/dev}
mounts: []
containerd: {system: false, user: false}
`,
  );
  onTestFinished(async () => void (await cli(["delete", "golden-tools"], { env })));
  const madeOf = ["--image", "lima-minimal", "--template", template];
  for (const args of [
    ["up", "golden-tools", ...madeOf],
    ["exec", "golden-tools", "--", "sh", "-c", "echo prepared >/dev/shm/tools"],
    ["stop", "golden-tools", "--suspend"],
  ]) {
    const outcome = await cli(args, { env, cwd: work });
    expect(outcome.status, outcome.stderr).toBe(0);
  }
  const command = ["--", "sh", "-c", "cat /dev/shm/tools; hostname"];
  const run = await cli(["run", ...madeOf, ...command], { env, cwd: work });
  expect(run, run.stderr).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^prepared\nlima-run-/) as string,
  });
});
