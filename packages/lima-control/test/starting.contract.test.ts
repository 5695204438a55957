import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import {
  createLima,
  detectAccelerator,
  LimaControlError,
  type Accelerator,
  type RunningVm,
  type VmEvent,
} from "@sysinit/lima-control";

import { findExecutable } from "@sysinit-internal/process";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, processesOf, removeLimaHome } from "./support/lima-home.ts";
import { limactls } from "./support/limactls.ts";
import { killHard, runUntil } from "./support/run-program.ts";

const run = promisify(execFile);

const qemu = "qemu-system-x86_64";
const withQemu = (command: string): Accelerator => ({
  kind: "tcg",
  hardware: false,
  reason: "chosen by the test",
  env: { QEMU_SYSTEM_X86_64: command },
});
const emulation = withQemu(`${qemu} -machine q35,accel=tcg,vmport=off -cpu max`);
/** A QEMU that ends at once, because it is asked for a device that it does not know. */
const dyingQemu = () =>
  withQemu(`${slowlyEnding} -machine q35,accel=tcg,vmport=off -cpu max -device no-such-device`);

// The host agent may miss the last words of a QEMU that ends at once, so this one keeps its standard error open a while.
let tools: string;
let slowlyEnding: string;
beforeAll(async () => {
  tools = await mkdtemp("/tmp/lc-");
  const real = findExecutable(qemu)!;
  await mkdir(join(tools, "bin"));
  await mkdir(join(tools, "share"));
  // limactl looks for the firmware beside the program.
  await symlink(join(dirname(dirname(real)), "share/qemu"), join(tools, "share/qemu"));
  slowlyEnding = join(tools, "bin/qemu-slowly-ending");
  await writeFile(
    slowlyEnding,
    `#!/bin/sh\n'${real}' "$@"\nstatus=$?\n[ $status = 0 ] || sleep 2\nexit $status\n`,
  );
  await chmod(slowlyEnding, 0o755);
});
afterAll(() => rm(tools, { recursive: true }));

const { QEMU_SYSTEM_X86_64: _, ...plainEnv } = process.env;
const kvm = await detectAccelerator({ arch: "x86_64", env: plainEnv });

// These VMs have no guest in them: QEMU runs its firmware, which finds nothing to boot.
describe.skipIf(process.arch !== "x64" || process.platform !== "linux").each(limactls())(
  "starting with %s",
  (limactl) => {
    let home: string;
    const events: VmEvent[] = [];
    const lima = (accelerator = emulation) =>
      createLima({ limactl, home, accelerator, onEvent: (event) => events.push(event) });

    beforeEach(async () => {
      events.length = 0;
      home = await makeLimaHome();
    });
    afterEach(async () => {
      await removeLimaHome(limactl, home);
      expect(await processesOf(home)).toEqual([]);
    });

    async function expectNothingLeft(): Promise<void> {
      expect(await lima().list()).toEqual([]);
      expect(existsSync(join(home, "vm"))).toBe(false);
      expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
      expect(await readdir(join(home, "_sysinit/locks"))).toEqual([]);
      expect(await processesOf(home)).toEqual([]);
    }

    /** Launches the dummy, calls `then` as soon as limactl waits for ssh, and aborts the launch afterwards. */
    async function whileWaitingForSsh(then: () => Promise<void>): Promise<unknown> {
      const controller = new AbortController();
      let done: Promise<void> | undefined;
      const launched = lima().launch({
        name: "vm",
        template: dummyTemplate,
        keep: "on-failure",
        signal: controller.signal,
        onEvent(event) {
          if (event.type === "requirement") done ??= then().finally(() => controller.abort());
        },
      });
      const [outcome] = await Promise.all([
        launched.catch((error: unknown) => error),
        launched.catch(() => done),
      ]);
      return outcome;
    }

    test("when QEMU dies at once, the error says what QEMU said, the logs are kept and nothing else is left", async () => {
      const error = await lima(dyingQemu())
        .launch({ name: "vm", template: dummyTemplate })
        .catch((caught: unknown) => caught);
      expect(LimaControlError.is(error, "START_FAILED")).toBe(true);
      const { details } = error as LimaControlError;
      expect((details["qemu"] as string[]).at(-1)).toContain("no-such-device");
      expect((error as LimaControlError).message).toMatch(
        /^instance vm did not start: QEMU does not know .*no-such-device/,
      );
      const logs = details["logs"] as string[];
      expect(logs).toContain(join(home, "_sysinit/logs/vm/ha.stderr.log"));
      expect(logs.every(existsSync)).toBe(true);
      expect(events.map((event) => event.type)).toEqual(
        expect.arrayContaining(["creating", "starting", "requirement", "deleting"]),
      );
      await expectNothingLeft();
    });

    test("a VM that was created before and does not start is stopped again, not deleted", async () => {
      const vm = await lima(dyingQemu()).create({ name: "vm", template: dummyTemplate });
      await expect(vm.start()).rejects.toMatchObject({ code: "START_FAILED" });
      expect(await vm.inspect()).toMatchObject({ status: "Stopped" });
      await vm.delete();
      await expectNothingLeft();
    });

    test.skipIf(kvm.hardware || kvm.reason.includes("there is no"))(
      "a /dev/kvm that cannot be used is named as the cause when it was forced",
      async () => {
        const forced = {
          ...withQemu(`${qemu} -machine q35,accel=kvm,vmport=off -cpu host`),
          kind: "kvm" as const,
        };
        const failed = lima(forced).launch({ name: "vm", template: dummyTemplate });
        await expect(failed).rejects.toMatchObject({
          code: "START_FAILED",
          message: expect.stringMatching(
            /^instance vm did not start: \/dev\/kvm is there but cannot be used: .*Permission denied|EACCES/,
          ),
          details: { cause: { code: "KVM_UNUSABLE" } },
        });
      },
    );

    test("a VM that never becomes ready ends with what was waited for, and nothing is left of it", async () => {
      const failed = lima().launch({ name: "vm", template: dummyTemplate, startTimeoutMs: 6_000 });
      await expect(failed).rejects.toMatchObject({ code: "START_TIMEOUT" });
      await expect(failed).rejects.toThrow(
        /within 6 s, it was waiting for essential requirement 1 of \d: .ssh/,
      );
      await expectNothingLeft();
    });

    test("a VM whose image cannot boot is not waited for to the end, and the console is the evidence", async () => {
      const failed = lima().launch({ name: "vm", template: dummyTemplate, startTimeoutMs: 170_000 });
      await expect(failed).rejects.toMatchObject({
        code: "START_FAILED",
        message: expect.stringMatching(
          /^instance vm did not start: the firmware found nothing in the image that it could boot: /,
        ),
        hint: expect.stringContaining("EFI/BOOT"),
        details: { cause: { code: "IMAGE_NOT_BOOTABLE", evidence: expect.stringMatching(/BdsDxe|Shell/) } },
      });
      await expectNothingLeft();
    });

    test("a launch that is aborted while it waits leaves nothing behind, whatever it was to keep", async () => {
      const outcome = await whileWaitingForSsh(async () => {});
      expect(LimaControlError.is(outcome, "ABORTED")).toBe(true);
      await expectNothingLeft();
    });

    test("a VM of a program that was killed while it waited is swept, with its processes", async () => {
      const child = await runUntil("launch-and-wait.ts", [limactl, home, "vm"], dummyTemplate, "requirement");
      await killHard(child);
      expect(await processesOf(home)).not.toEqual([]);
      expect(await lima().sweep()).toEqual(["vm"]);
      await expectNothingLeft();
    });

    test("a second creation at the same time waits for the program that makes the first, and takes over when that is killed", async () => {
      const child = await runUntil("launch-and-wait.ts", [limactl, home, "vm"], dummyTemplate, "requirement");
      let killed: Promise<void> | undefined;
      const vm = await lima().create({
        name: "vm",
        template: dummyTemplate,
        onEvent(event) {
          if (event.type !== "waiting") return;
          expect(event.text).toBe(`process ${child.pid} is working on instance vm`);
          killed ??= killHard(child);
        },
      });
      await killed;
      expect(await vm.inspect()).toMatchObject({ status: "Stopped" });
      await vm.delete();
      await expectNothingLeft();
    });

    test("a VM that limactl still waits for can be attached to; it is not ready, a command in it fails as unreachable, and it can be stopped by force", async () => {
      const launched = whileWaitingForSsh(async () => {
        // limactl tells what it waits for before it has written all pid files.
        await vi.waitUntil(async () => (await lima().find("vm"))?.status === "Running", { timeout: 60_000 });
        const vm = (await lima().attach("vm")) as RunningVm;
        expect(vm).toMatchObject({ state: "running", owned: false, readiness: { state: "starting" } });
        expect(vm.readiness.reasons[0]).toContain("still waiting");
        await expect(vm.tryExec(["true"], { timeoutMs: 1_500 })).rejects.toMatchObject({
          code: expect.stringMatching(/^(EXEC_TIMEOUT|GUEST_UNREACHABLE)$/),
        });
        // The launch holds the instance, so nobody stops or deletes it meanwhile.
        await expect(vm.delete()).rejects.toMatchObject({ code: "INSTANCE_BUSY" });
      });
      expect(LimaControlError.is(await launched, "ABORTED")).toBe(true);
      await expectNothingLeft();
    });

    test("a VM that somebody else is starting is waited for, and left alone when it does not become ready", async () => {
      await lima().create({ name: "vm", template: dummyTemplate });
      spawn(limactl, ["--tty=false", "start", "vm"], {
        env: { ...process.env, ...emulation.env, LIMA_HOME: home },
        stdio: "ignore",
      });
      await vi.waitUntil(async () => (await lima().find("vm"))?.status === "Running", { timeout: 60_000 });
      const reused = lima().launch({
        name: "vm",
        template: dummyTemplate,
        ifExists: "reuse",
        startTimeoutMs: 3_000,
      });
      await expect(reused).rejects.toMatchObject({ code: "START_TIMEOUT" });
      const vm = await lima().attach("vm");
      expect(vm.state).toBe("running");
      await vm.delete();
    });

    test("a VM whose QEMU was killed is not started as it is, but healed first", async () => {
      const vm = await lima(dyingQemu()).create({ name: "vm", template: dummyTemplate });
      await run("sh", [
        "-c",
        'echo 999999999 > "$1/ha.pid"; : > "$1/ha.sock"; echo 999999998 > "$1/qemu.pid"',
        "sh",
        vm.dir,
      ]);
      await writeFile(join(vm.dir, "ha.pid"), "4194304\n");
      const error = await vm.start().catch((caught: unknown) => caught);
      expect((error as LimaControlError).message).toContain("no-such-device");
      expect(await vm.inspect()).toMatchObject({ status: "Stopped" });
    });
  },
);
