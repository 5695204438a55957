import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import {
  createLima,
  probes,
  type ExecOptions,
  type Lima,
  type RunningVm,
  type StoppedVm,
  type VmEvent,
} from "@sysinit/lima-control";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { runProcess } from "@sysinit-internal/process";

import { makeLimaHome, processesOf, removeLimaHome } from "./support/lima-home.ts";
import { referenceTemplate } from "./support/reference-guest.ts";

// One VM serves the whole file, in the order of the tests: its start takes minutes under emulation. What a running VM
// does with commands and files is in running.machine.test.ts.
let home: string;
let projects: string;
let lima: Lima;
let vm: RunningVm;
const events: VmEvent[] = [];

beforeAll(async () => {
  home = await makeLimaHome();
  projects = join(await realpath(home), "_projects");
  await mkdir(projects);
  await writeFile(join(projects, "from-host"), "written on the host\n");
  lima = createLima({ home, owner: "lifecycle test" });
  vm = await lima.launch({
    name: "vm",
    template: referenceTemplate({ projects }),
    probes: [probes.unit("ssh.service")],
    onEvent: (event) => {
      events.push(event);
      if (event.type !== "message") console.log(JSON.stringify(event));
    },
  });
});

afterAll(() => removeLimaHome("limactl", home));

const outputOf = async (argv: readonly string[], options?: ExecOptions) =>
  (await vm.exec(argv, options)).stdout;

test("a launch tells what it does and ends with a VM that is ready", () => {
  expect(vm).toMatchObject({
    name: "vm",
    owned: true,
    state: "running",
    readiness: { state: "ready", reasons: [] },
  });
  const types = events.map((event) => event.type);
  expect(types[0]).toBe("creating");
  expect(types.at(-1)).toBe("ready");
  expect(types).toEqual(expect.arrayContaining(["starting", "requirement", "waiting", "probe"]));
  expect(events.map((event) => event.atMs)).toEqual(
    events.map((event) => event.atMs).toSorted((a, b) => a - b),
  );
});

test("the lease of this process stands while the VM runs, and no sweep takes it", async () => {
  expect(await readdir(join(home, "_sysinit/leases"))).toEqual(["vm.json"]);
  expect(await lima.sweep()).toEqual([]);
});

test("a shell has our stdin and stdout and passes on the status of what runs in it", async () => {
  const shell = (argv: readonly string[], input: string) =>
    runProcess({
      file: process.execPath,
      args: [
        "--disable-warning=ExperimentalWarning",
        "--conditions=@sysinit/source",
        join(import.meta.dirname, "programs/shell.ts"),
        home,
        "vm",
        ...argv,
      ],
      input,
      timeoutMs: 120_000,
    });
  expect(await shell(["sh", "-c", 'read x; echo "got $x"; exit 42'], "a line\n")).toMatchObject({
    exitCode: 42,
    stdout: "got a line\n",
  });
  expect(await shell(["sh", "-c", "exit 255"], "")).toMatchObject({ exitCode: 255 });
  expect(await shell([], "pwd\nexit 3\n")).toMatchObject({ exitCode: 3, stdout: "/home/dev\n" });
});

test("probes say what is ready, what will not be, and what is not in time", async () => {
  await vm.waitFor(
    probes.all(
      probes.command(["true"]),
      probes.file("/etc/passwd"),
      probes.unit("ssh.service"),
      probes.port(22),
      probes.mount("/home/dev/projects"),
    ),
  );
  await expect(vm.waitFor(probes.unit("no-such.service"))).rejects.toMatchObject({ code: "PROBE_FAILED" });
  const late = vm.waitFor(probes.command(["sh", "-c", "echo not yet >&2; exit 4"]), { timeoutMs: 4_000 });
  await expect(late).rejects.toMatchObject({ code: "PROBE_TIMEOUT" });
  await expect(late).rejects.toThrow("status 4: not yet");
});

test("a directory of the host is mounted, and files travel both ways", async () => {
  expect(await outputOf(["cat", "/home/dev/projects/from-host"])).toBe("written on the host\n");
  await vm.exec(["sh", "-c", "echo written in the guest > projects/from-guest"], { cwd: "/home/dev" });
  expect(await readFile(join(projects, "from-guest"), "utf8")).toBe("written in the guest\n");
});

test("a handle that is attached borrows the VM: its end, and that of a launch that reuses it, leave it alone", async () => {
  {
    await using attached = (await lima.attach("vm")) as RunningVm;
    expect(attached).toMatchObject({ owned: false, state: "running", readiness: { state: "ready" } });
  }
  {
    await using reused = await lima.launch({ name: "vm", template: "", ifExists: "reuse" });
    expect(reused).toMatchObject({ owned: false, readiness: { state: "ready" } });
  }
  await expect(lima.launch({ name: "vm", template: "" })).rejects.toMatchObject({ code: "INSTANCE_EXISTS" });
  expect(await vm.inspect()).toMatchObject({ status: "Running" });
});

test("the README's example runs as it stands, on a VM that is there already", async () => {
  const packageDirectory = join(import.meta.dirname, "..");
  const template = join(home, "_template.yaml");
  await writeFile(template, referenceTemplate({ projects }));
  const run = await runExample({
    packageDirectory,
    code: readmeExample(join(packageDirectory, "README.md"), "Use"),
    env: { LIMA_HOME: home, TEMPLATE: template },
    timeoutMs: 240_000,
  });
  expect(run).toMatchObject({ exitCode: 0, stdout: "Linux\n3\n" });
  expect(await vm.inspect()).toMatchObject({ status: "Running" });
});

test("a diagnosis holds the logs, the record and what the guest tells of itself", async () => {
  const into = join(home, "_diagnosis");
  const files = await vm.diagnose(into);
  expect(files.map((file) => file.slice(into.length + 1)).sort()).toEqual(
    expect.arrayContaining([
      "diagnosis.json",
      "guest-journal.txt",
      "guest-mounts.txt",
      "ha.stderr.log",
      "instance.json",
    ]),
  );
  expect(files.every(existsSync)).toBe(true);
});

let stopped: StoppedVm;

test("a VM whose mount went away is told to be degraded", async () => {
  await vm.exec(["umount", "/home/dev/projects"], { user: "root" });
  expect(await lima.attach("vm")).toMatchObject({
    readiness: { state: "degraded", reasons: ["/home/dev/projects is not mounted in the guest"] },
  });
});

test("a VM that is stopped leaves no process", async () => {
  await vm.exec(
    [
      "sh",
      "-c",
      "printf 'install 9p /bin/false\\ninstall 9pnet_virtio /bin/false\\n' > /etc/modprobe.d/no-9p.conf",
    ],
    {
      user: "root",
    },
  );
  stopped = await vm.stop();
  expect(stopped).toMatchObject({ state: "stopped", owned: true });
  expect(await stopped.inspect()).toMatchObject({ status: "Stopped" });
  expect(await processesOf(home)).toEqual([]);
  await expect(vm.exec(["true"])).rejects.toMatchObject({ code: "NOT_RUNNING" });
});

test("a start whose mount is silently not there, READY or not, is an error that names it, and stops the VM again", async () => {
  await expect(stopped.start()).rejects.toMatchObject({
    code: "MOUNT_MISSING",
    message: expect.stringContaining("/home/dev/projects"),
  });
  expect(await stopped.inspect()).toMatchObject({ status: "Stopped" });
  expect(await processesOf(home)).toEqual([]);
});

test("a VM at the end of its `await using` is deleted and leaves no process, directory, lease, lock or socket", async () => {
  await vm[Symbol.asyncDispose]();
  expect(await lima.list()).toEqual([]);
  expect(existsSync(join(home, "vm"))).toBe(false);
  expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
  expect(await readdir(join(home, "_sysinit/locks"))).toEqual([]);
  expect(await processesOf(home)).toEqual([]);
});
