import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";

import { createLima, type RunningVm } from "@sysinit/lima-control";
import { installFakeLimactl, type FakeLimactl, type Faults } from "@sysinit/lima-control/fake";

import { dummyTemplate } from "./support/dummy-template.ts";
import { processesOf } from "./support/lima-home.ts";
import { runningContract } from "./support/running-contract.ts";

describe("a VM of the fake", () => {
  let fake: FakeLimactl;
  let vm: RunningVm;
  let guestDirectory: string;
  let hostDirectory: string;
  // A guest of the fake is this machine.
  const greeter = createServer((socket) => socket.on("error", () => {}).end("hello\n"));

  beforeAll(async () => {
    fake = await installFakeLimactl();
    vm = await createLima(fake.options).launch({ name: "vm", template: dummyTemplate });
    guestDirectory = join(fake.directory, "guest");
    hostDirectory = join(fake.directory, "host");
    await mkdir(guestDirectory);
    await mkdir(hostDirectory);
    greeter.listen(0, "127.0.0.1");
    await once(greeter, "listening");
  });
  afterAll(async () => {
    greeter.close();
    await vm.delete();
    expect(await processesOf(fake.options.home)).toEqual([]);
    await fake.remove();
  });

  runningContract(() => ({
    vm,
    guestDirectory,
    hostDirectory,
    greeter: { port: (greeter.address() as AddressInfo).port, greeting: "hello" },
  }));
});

test("leaves room for names where the system's temporary directory has a long path", async () => {
  const long = await mkdtemp(join(tmpdir(), "folders-of-a-user-of-macOS-"));
  vi.stubEnv("TMPDIR", long);
  const fake = await installFakeLimactl();
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await fake.remove();
    await rm(long, { recursive: true });
  });
  expect(fake.options.home.length).toBeLessThan(20);
});

describe("the faults of the fake", () => {
  async function fakeWith(faults: Faults): Promise<FakeLimactl> {
    const fake = await installFakeLimactl({ faults });
    onTestFinished(async () => {
      await fake.setFaults({});
      const lima = createLima(fake.options);
      for (const { name } of await lima.list()) await (await lima.attach(name)).delete();
      await fake.remove();
    });
    return fake;
  }
  const launch = (fake: FakeLimactl, more = {}) =>
    createLima(fake.options).launch({ name: "vm", template: dummyTemplate, ...more });

  test("a VM that does not start", async () => {
    await expect(launch(await fakeWith({ start: "fails" }))).rejects.toMatchObject({ code: "START_FAILED" });
  });

  test("one that hangs", async () => {
    const launched = launch(await fakeWith({ start: "hangs" }), { startTimeoutMs: 2_000 });
    await expect(launched).rejects.toMatchObject({ code: "START_TIMEOUT" });
  });

  test("one that is degraded", async () => {
    const fake = await fakeWith({ start: "degraded" });
    await expect(launch(fake)).rejects.toMatchObject({ code: "START_DEGRADED" });
    expect(await launch(fake, { allowDegraded: true })).toMatchObject({ readiness: { state: "degraded" } });
  });

  test("one whose mount is silently not there, and one whose mount is", async () => {
    const template = dummyTemplate.replace(
      "mounts: []",
      "mounts: [{location: /srv, mountPoint: '/mnt/a b'}]",
    );
    const fake = await fakeWith({ mounts: "missing" });
    await expect(launch(fake, { template })).rejects.toMatchObject({ code: "MOUNT_MISSING" });
    await fake.setFaults({});
    expect(await launch(fake, { template })).toMatchObject({ readiness: { state: "ready" } });
  });

  test("one that is slow", async () => {
    const begun = performance.now();
    await launch(await fakeWith({ bootMs: 1_500 }));
    expect(performance.now() - begun).toBeGreaterThan(1_500);
  });

  test("one that dies after it was ready", async () => {
    const fake = await fakeWith({});
    const vm = await launch(fake);
    await fake.setFaults({ dies: true });
    await vi.waitFor(async () => expect(await vm.inspect()).toMatchObject({ status: "Stopped" }), 20_000);
    await expect(vm.exec(["true"])).rejects.toMatchObject({ code: "NOT_RUNNING" });
  });

  test("one that ssh does not reach", async () => {
    const fake = await fakeWith({});
    const vm = await launch(fake);
    await fake.setFaults({ ssh: "refused" });
    await expect(vm.exec(["true"])).rejects.toMatchObject({ code: "GUEST_UNREACHABLE" });
    await fake.setFaults({ ssh: "hangs" });
    await expect(vm.exec(["true"], { timeoutMs: 500 })).rejects.toMatchObject({ code: "EXEC_TIMEOUT" });
  });

  test("a program that the guest is given is run in place of one of this machine", async () => {
    const fake = await fakeWith({});
    await fake.addProgram("systemctl", { exitCode: 3, stdout: "failed\n", stderr: "it's broken\n" });
    const vm = await launch(fake);
    expect(await vm.tryExec(["systemctl", "is-active", "x"])).toMatchObject({
      exitCode: 3,
      stdout: "failed\n",
      stderr: "it's broken\n",
    });
  });
});
