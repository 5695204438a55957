import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { createLima, probes, type Lima, type RunningVm, type VmEvent } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";
import { readmeExample } from "@sysinit-internal/testing";

import { makeLimaHome, processesOf, removeLimaHome } from "./support/lima-home.ts";
import { referenceTemplate } from "./support/reference-guest.ts";

// A golden instance and a clone of it serve the whole file, in the order of the tests.
let home: string;
let lima: Lima;
let vm: RunningVm;
const events: VmEvent[] = [];

const outputOf = async (argv: readonly string[]) => (await vm.exec(argv)).stdout.trim();

beforeAll(async () => {
  home = await makeLimaHome();
  lima = createLima({ home, owner: "reset test" });
  const golden = await lima.launch({ name: "golden", template: referenceTemplate({}) });
  await golden.exec(["sh", "-c", "echo golden > /etc/made-of"], { user: "root" });
  vm = await lima.launch({
    name: "vm",
    from: await golden.suspend(),
    resettable: true,
    onEvent: (event) => events.push(event),
  });
});

afterAll(() => removeLimaHome("limactl", home));

test("a VM that is launched from a golden instance has what is in that, and is saved when it is ready", async () => {
  expect(vm).toMatchObject({ owned: true, readiness: { state: "ready" } });
  expect(await outputOf(["cat", "/etc/made-of"])).toBe("golden");
  expect(await outputOf(["hostname"])).toBe("lima-vm");
  expect(events.map((event) => event.type)).toEqual(
    expect.arrayContaining(["creating", "starting", "ready", "saving"]),
  );
});

test("a reset undoes what was done to files and processes, with the clock right, up to the first command", async () => {
  await vm.script("rm /etc/made-of; echo x > /root/left; systemctl stop ssh.socket || true; sync", {
    user: "root",
  });
  expect(await vm.reset()).toBe("snapshot");
  expect(await outputOf(["cat", "/etc/made-of"])).toBe("golden");

  await expect(vm.exec(["test", "-e", "/root/left"], { user: "root" })).rejects.toMatchObject({
    code: "GUEST_COMMAND_FAILED",
  });
  const drift = Number(await outputOf(["date", "+%s"])) - Date.now() / 1000;
  expect(Math.abs(drift)).toBeLessThan(5);
  expect(await vm.assess()).toEqual({ state: "ready", reasons: [] });
});

test("a reset after a reset starts from the same state", async () => {
  for (const _ of [1, 2]) {
    await vm.exec(["touch", "/tmp/trace"]);
    await vm.reset();
    expect(await vm.tryExec(["test", "-e", "/tmp/trace"])).toMatchObject({ exitCode: 1 });
  }
});

test("a baseline that is saved later is what a reset goes back to, memory included", async () => {
  await vm.script("echo prepared > /dev/shm/state; setsid sleep 98765 >/dev/null 2>&1 </dev/null &");
  await vm.saveBaseline();
  await vm.script("rm /dev/shm/state; pkill -f 'sleep [9]8765'");
  await vm.reset();
  expect(await outputOf(["cat", "/dev/shm/state"])).toBe("prepared");
  expect(await vm.tryExec(["pgrep", "-f", "sleep [9]8765"])).toMatchObject({ exitCode: 0 });
});

test("what answers HTTP in the guest is waited for", async () => {
  const silent = vm.waitFor(probes.http("http://127.0.0.1:8081/"), { timeoutMs: 3_000 });
  await expect(silent).rejects.toMatchObject({ code: "PROBE_TIMEOUT", details: { detail: "no answer" } });
  await vm.script("cd /usr; setsid python3 -m http.server 8081 >/dev/null 2>&1 </dev/null &");
  await vm.waitFor(probes.http("http://127.0.0.1:8081/share/"));
  const refused = vm.waitFor(probes.http("http://localhost:8081/nowhere"), { timeoutMs: 3_000 });
  await expect(refused).rejects.toMatchObject({ details: { detail: "status 404" } });
  await vm.waitFor(probes.http("http://127.0.0.1:8081/nowhere", { status: 404 }));
});

test("a guest whose own report says that a step of its setup failed is degraded", async () => {
  await vm.exec(
    [
      "sed",
      "-i",
      's/"name":"write-hosts","ok":true,"exitCode":0,\\(.*\\)"messages":\\[\\]/"name":"write-hosts","ok":false,"exitCode":7,\\1"messages":["the disk is full"]/',
      "/run/lima/status.json",
    ],
    { user: "root" },
  );
  expect(await vm.assess()).toEqual({
    state: "degraded",
    reasons: ["the guest's step write-hosts failed: the disk is full"],
  });
  await vm.reset();
  expect(await vm.assess()).toEqual({ state: "ready", reasons: [] });
});

test("a guest that is broken, so that nothing can be run in it, is put back as well", async () => {
  const crash = "(sleep 1; echo c > /proc/sysrq-trigger) >/dev/null 2>&1 </dev/null &";
  await vm.script(crash, { user: "root" });
  await sleep(4_000);
  await expect(vm.tryExec(["true"], { timeoutMs: 5_000 })).rejects.toThrow();
  expect(await vm.reset()).toBe("snapshot");
  expect(await outputOf(["cat", "/dev/shm/state"])).toBe("prepared");
});

test("a launched VM without a baseline is made anew from the golden instance", async () => {
  await vm.delete();
  vm = await lima.launch({ name: "vm", from: "golden" });
  await vm.exec(["touch", "/home/dev/trace"]);
  expect(await vm.reset()).toBe("clone");
  expect(vm.owned).toBe(true);
  expect(await vm.tryExec(["test", "-e", "/home/dev/trace"])).toMatchObject({ exitCode: 1 });
  expect(await outputOf(["cat", "/etc/made-of"])).toBe("golden");
});

test("the README's test file for vitest runs as it stands", async () => {
  await vm.delete();
  const packageDirectory = join(import.meta.dirname, "..");
  const directory = await mkdtemp(join(packageDirectory, "test/readme-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const code = readmeExample(join(packageDirectory, "README.md"), "Fresh guests for tests");
  await writeFile(join(directory, "readme.test.ts"), code);
  await writeFile(
    join(directory, "vitest.config.ts"),
    'export default { ssr: { resolve: { conditions: ["@sysinit/source"] } } };\n',
  );
  const run = await runProcess({
    file: join(packageDirectory, "../../node_modules/.bin/vitest"),
    args: ["run", "--root", directory],
    env: { ...process.env, LIMA_HOME: home, TEMPLATE_TEXT: referenceTemplate({}), VITEST: undefined },
    timeoutMs: 400_000,
  });
  expect(`${run.stdout}\n${run.stderr}`).toMatch(/Tests.*2 passed/);
  expect(run.exitCode).toBe(0);
});

test("nothing is left at its end but the golden instance", async () => {
  await vm[Symbol.asyncDispose]();
  expect((await lima.list()).map((record) => record.name)).toEqual(["golden"]);
  expect(await processesOf(home)).toEqual([]);
});
