import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { cli, jsonLines, type CliRun } from "./run-cli.ts";

// One VM lives through the file: each test goes on where the one before stopped.
let work: string;
let env: Record<string, string>;
const instance = () => join(env["LIMA_HOME"]!, "work");

beforeAll(async () => {
  // Short: Lima keeps sockets in it. With a home of its own the mounts show nothing of the user's.
  work = await mkdtemp(join(tmpdir(), "life-"));
  const home = join(work, "a home");
  await mkdir(join(home, ".ssh"), { recursive: true, mode: 0o700 });
  await mkdir(join(home, "projects"));
  await writeFile(join(home, ".ssh/id_test.pub"), "ssh-ed25519 AAAA made up\n");
  env = { HOME: home, LIMA_HOME: join(work, "lima") };
  const installed = await cli(["install", process.env["SYSINIT_TEST_IMAGE"]!, "--name", "lima-minimal"], {
    env,
  });
  expect(installed).toMatchObject({ status: 0 });
});

afterAll(async () => {
  await cli(["delete", "work"], { env });
  await rm(work, { recursive: true, force: true });
});

/** `up` from the installed image, showing its talk in the test's log. */
function up(onTalk?: Parameters<typeof cli>[1] & object): Promise<CliRun> {
  return cli(["up", "work", "--no-build", "--json"], { env, ...onTalk });
}

/** Nothing of the instance is left: no directory, no lease, no lock, no process that names it. */
async function nothingLeft(): Promise<void> {
  expect(existsSync(instance())).toBe(false);
  const own = join(env["LIMA_HOME"]!, "_sysinit");
  for (const folder of ["leases", "locks"])
    expect(await readdir(join(own, folder)).catch(() => [])).toEqual([]);
  expect(await processesNaming(instance())).toEqual([]);
}

async function processesNaming(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (commandLine.includes(path)) found.push(commandLine.replaceAll("\0", " "));
  }
  return found;
}

it("Ctrl-C while the VM boots ends with 130 and leaves nothing", async () => {
  let pressed = false;
  const run = await up({
    onTalk: (talk, child) => {
      // The first word from inside: QEMU runs and limactl waits for ssh.
      if (pressed || !talk.includes("requirement")) return;
      pressed = true;
      child.kill("SIGINT");
    },
  });
  expect(run.status).toBe(130);
  expect(jsonLines(run.stdout)).toEqual([{ error: expect.objectContaining({ code: "INTERRUPTED" }) }]);
  await nothingLeft();
});

it("kill -9 while the VM boots, then another run: the VM that was left is swept", async () => {
  let killed = false;
  await up({
    onTalk: (talk, child) => {
      if (killed || !talk.includes("requirement")) return;
      killed = true;
      child.kill("SIGKILL");
    },
  });
  expect(existsSync(instance())).toBe(true);

  let pressed = false;
  const second = await up({
    onTalk: (talk, child) => {
      if (pressed || !talk.includes("swept work")) return;
      pressed = true;
      child.kill("SIGINT");
    },
  });
  expect(second.stderr).toContain("swept work, left by a run that was killed");
  expect(second.status).toBe(130);
  await nothingLeft();
});

it("a VM that is not ready in time ends with 124 and the evidence, and leaves nothing", async () => {
  const { status, stdout } = await cli(["up", "work", "--no-build", "--timeout", "15", "--json"], { env });
  expect(status).toBe(124);
  expect(jsonLines(stdout)).toEqual([
    { error: expect.objectContaining({ code: "START_TIMEOUT", hint: expect.stringMatching(/\w/) }) },
  ]);
  await nothingLeft();
});

it("two at once make one VM, and both end well", async () => {
  const [one, other] = await Promise.all([up(), up()]);
  expect([one.status, other.status], one.stderr + other.stderr).toEqual([0, 0]);
  const results = [...jsonLines(one.stdout), ...jsonLines(other.stdout)];
  expect(results.map(({ action }) => action).toSorted()).toEqual(["already-running", "created"]);
  expect(results).toEqual(
    Array(2).fill(expect.objectContaining({ instance: expect.objectContaining({ status: "Running" }) })),
  );
});

it("up again finds it running and does nothing", async () => {
  const { status, stdout } = await cli(["up", "work"], { env });
  expect(status).toBe(0);
  expect(stdout).toMatch(/work is running already[^]*lima-cli shell work/);
});

it.each([
  ["0", ["true"], 0],
  ["1", ["false"], 1],
  ["42", ["sh", "-c", "exit 42"], 42],
  ["255, which ssh uses for its own failures", ["sh", "-c", "exit 255"], 255],
  ["127 for a command that is not there", ["no-such-command"], 127],
])("exec passes the guest's status: %s", async (_, command, status) => {
  expect((await cli(["exec", "work", "--", ...command], { env })).status).toBe(status);
});

it("exec passes arguments whole and output apart", async () => {
  const hard = ["A=b", "two words", "it's", 'say "x"', "$HOME", "new\nline", "*", "--json"];
  const { stdout, stderr } = await cli(
    ["exec", "work", "--", "sh", "-c", 'printf "<%s>" "$@"; echo err >&2', "sh", ...hard],
    { env },
  );
  expect(stdout).toBe(hard.map((argument) => `<${argument}>`).join(""));
  expect(stderr).toBe("err\n");
});

it("exec --json gives one object with status, output and time", async () => {
  const { stdout } = await cli(["exec", "work", "--json", "--root", "--", "id", "-un"], { env });
  expect(jsonLines(stdout)).toEqual([expect.objectContaining({ exitCode: 0, stdout: "root\n" })]);
});

it("shell runs a command as the guest's user, in its home", async () => {
  const { status, stdout } = await cli(["shell", "work", "--", "sh", "-c", "whoami; pwd; exit 3"], { env });
  expect(stdout).toMatch(/^dev\n\/home\/dev\n$/);
  expect(status).toBe(3);
});

it("check passes every check inside the VM", async () => {
  const { status, stdout } = await cli(["check", "work", "--json"], { env });
  const verdicts = Object.fromEntries(jsonLines(stdout).map(({ id, verdict }) => [id, verdict]));
  expect(verdicts).toEqual({
    "vm.shell": "pass",
    "vm.uname": "pass",
    "vm.tools": "pass",
    "vm.nix": "pass",
    "vm.whoami": "pass",
    "vm.sudo": "pass",
    "vm.ssh-keys": "pass",
    "vm.projects": "pass",
  });
  expect(status).toBe(0);
});

it("logs shows the host agent's and the console's last lines", async () => {
  const { stdout } = await cli(["logs", "work", "--json", "--lines", "5"], { env });
  const files = jsonLines(stdout).map(({ file }) => String(file).split("/").at(-1));
  expect(files).toEqual(expect.arrayContaining(["ha.stderr.log", "serial.log"]));
});

it("stop --suspend is refused while a folder of this machine is mounted, and changes nothing", async () => {
  const refused = await cli(["stop", "work", "--suspend"], { env });
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/work cannot be suspended: it has a directory of the host mounted at /);
  expect((await cli(["exec", "work", "--", "true"], { env })).status).toBe(0);
});

it("stop stops it, and stop again says that it is", async () => {
  expect((await cli(["stop", "work"], { env })).status).toBe(0);
  expect((await cli(["stop", "work"], { env })).stdout).toMatch(/stopped already/);
  expect((await cli(["exec", "work", "--", "true"], { env })).status).toBe(125);
});

it("up starts it again, as it was", async () => {
  const run = await up();
  expect(run.status, run.stderr).toBe(0);
  expect(jsonLines(run.stdout)).toEqual([expect.objectContaining({ action: "started" })]);
});

it("delete takes away all of it while it runs", async () => {
  expect((await cli(["delete", "work"], { env })).status).toBe(0);
  await nothingLeft();
});
