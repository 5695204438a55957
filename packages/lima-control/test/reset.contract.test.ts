import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { createLima, type Lima, type RunningVm, type VmEvent } from "@sysinit/lima-control";
import { installFakeLimactl, type FakeLimactl } from "@sysinit/lima-control/fake";
import { runProcess } from "@sysinit-internal/process";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, processesOf, removeLimaHome } from "./support/lima-home.ts";
import { limactls } from "./support/limactls.ts";

// A VM without a guest in it, whose disk is raw: QEMU cannot make a snapshot of that, and limactl ends with 0 all the same.
describe.skipIf(process.arch !== "x64" || process.platform !== "linux").each(limactls())(
  "resetting with %s",
  (limactl) => {
    let home: string;
    let lima: Lima;

    beforeEach(async () => {
      home = await makeLimaHome();
      lima = createLima({ limactl, home });
    });
    afterEach(async () => {
      await removeLimaHome(limactl, home);
      expect(await processesOf(home)).toEqual([]);
    });

    async function runningDummy(): Promise<RunningVm> {
      await lima.create({ name: "vm", template: dummyTemplate });
      const QEMU_SYSTEM_X86_64 = "qemu-system-x86_64 -machine q35,accel=tcg,vmport=off -cpu max";
      spawn(limactl, ["--tty=false", "start", "vm"], {
        env: { ...process.env, LIMA_HOME: home, QEMU_SYSTEM_X86_64 },
        stdio: "ignore",
      });
      await vi.waitUntil(async () => (await lima.find("vm"))?.status === "Running", { timeout: 60_000 });
      return (await lima.attach("vm")) as RunningVm;
    }

    test("a snapshot that QEMU refuses is an error with what QEMU said, and there is nothing to reset to", async (context) => {
      // Lima 1 puts a qcow2 overlay over any image.
      context.skip((await lima.info()).version.startsWith("1."));
      const vm = await runningDummy();
      const refused = vm.saveBaseline();
      await expect(refused).rejects.toMatchObject({ code: "SNAPSHOT_FAILED" });
      await expect(refused).rejects.toThrow(/^no snapshot of vm was made: .*does not support/);
      await expect(vm.reset()).rejects.toMatchObject({ code: "NO_BASELINE" });
      expect(await vm.inspect()).toMatchObject({ status: "Running" });
      await vm.delete();
    });
  },
);

test("a VM is launched from an instance that is stopped, and from no other", async () => {
  const [limactl] = limactls();
  const home = await makeLimaHome();
  const lima = createLima({ limactl: limactl!, home });
  await expect(lima.launch({ name: "vm", from: "nowhere" })).rejects.toMatchObject({
    code: "INSTANCE_NOT_FOUND",
  });
  expect(await lima.list()).toEqual([]);
  await removeLimaHome(limactl!, home);
});

describe("a VM of the fake, which has no snapshots", () => {
  let fake: FakeLimactl;
  let lima: Lima;
  beforeEach(async () => {
    fake = await installFakeLimactl();
    lima = createLima(fake.options);
  });
  afterEach(async () => {
    for (const { name } of await lima.list()) await (await lima.attach(name)).delete();
    await fake.remove();
  });

  test("is made anew from its template by a reset, and still goes at its end", async () => {
    {
      await using vm = await lima.launch({ name: "vm", template: dummyTemplate });
      await writeFile(join(vm.dir, "trace"), "");
      expect(await vm.reset()).toBe("create");
      expect(existsSync(join(vm.dir, "trace"))).toBe(false);
      expect(await vm.exec(["true"])).toMatchObject({ exitCode: 0 });
      expect(vm).toMatchObject({ owned: true, name: "vm" });
      expect(existsSync(join(lima.home, "_sysinit/leases/vm.json"))).toBe(true);
    }
    expect(await lima.list()).toEqual([]);
  });

  test("is cloned anew from its golden instance, which has to be stopped", async () => {
    const golden = await lima.launch({ name: "golden", template: dummyTemplate });
    await expect(lima.launch({ name: "vm", from: "golden" })).rejects.toMatchObject({ code: "NOT_STOPPED" });
    const vm = await lima.launch({ name: "vm", from: await golden.stop() });
    expect(await vm.reset()).toBe("clone");
    expect((await lima.list()).map(({ name, status }) => `${name} ${status}`)).toEqual([
      "golden Stopped",
      "vm Running",
    ]);
  });

  test("is not deleted for the sake of one that cannot be made: without a source, of a source that runs, of itself", async () => {
    const vm = await lima.launch({ name: "vm", template: dummyTemplate });
    const other = await lima.launch({ name: "other", template: dummyTemplate });
    const replace = (from: string) => lima.launch({ name: "vm", from, ifExists: "replace" });
    await expect(replace("typo")).rejects.toMatchObject({ code: "INSTANCE_NOT_FOUND" });
    await expect(replace("a/b")).rejects.toMatchObject({ code: "BAD_INSTANCE_NAME" });
    await expect(replace("other")).rejects.toMatchObject({ code: "NOT_STOPPED" });
    await expect(replace("vm")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    expect(await vm.exec(["true"])).toMatchObject({ exitCode: 0 });

    await other.stop();
    const clone = await lima.launch({ name: "clone", from: "other" });
    await other.delete();
    await expect(clone.reset()).rejects.toMatchObject({ code: "INSTANCE_NOT_FOUND" });
    expect(await clone.exec(["true"])).toMatchObject({ exitCode: 0 });
  });

  test("is launched from a golden instance of which somebody makes a clone of its name, and neither waits for the other", async () => {
    const golden = await lima.create({ name: "golden", template: dummyTemplate });
    await lima.launch({ name: "vm", template: dummyTemplate });
    const launched = lima.launch({ name: "vm", from: "golden", ifExists: "replace" });
    await vi.waitUntil(() => existsSync(join(lima.home, "_sysinit/locks/vm.lock")), { interval: 1 });
    await expect(golden.clone("vm")).rejects.toMatchObject({ code: "INSTANCE_EXISTS" });
    expect(await launched).toMatchObject({ state: "running" });
  });

  test("that was there before is saved when it is to be resettable, or that it cannot be is told", async () => {
    const launch = async (name: string, template: string) => {
      const texts: string[] = [];
      const onEvent = (event: VmEvent) => void texts.push(event.type === "message" ? event.text : event.type);
      await (await lima.launch({ name, template })).detach();
      const reused = lima.launch({ name, template, resettable: true, ifExists: "reuse", onEvent });
      return { reused, texts };
    };
    // The fake does not save what it is asked to.
    const plain = await launch("plain", dummyTemplate);
    await expect(plain.reused).rejects.toMatchObject({ code: "SNAPSHOT_FAILED" });
    expect(plain.texts).toContain("saving");

    const mounted = await launch(
      "mounted",
      dummyTemplate.replace("mounts: []", "mounts: [{location: /srv}]"),
    );
    const vm = await mounted.reused;
    expect(mounted.texts).toContainEqual(
      expect.stringMatching(/^mounted was there before, and cannot be reset: /),
    );
    await expect(vm.reset()).rejects.toMatchObject({
      code: "NO_BASELINE",
      hint: expect.stringContaining("replace"),
    });
  });

  test("is not suspended, and runs on", async () => {
    const vm = await lima.launch({ name: "vm", template: dummyTemplate });
    await expect(vm.suspend()).rejects.toMatchObject({ code: "SNAPSHOT_FAILED" });
    expect(await vm.exec(["true"])).toMatchObject({ exitCode: 0 });
    const stopped = await vm.stop();
    expect(await stopped.start()).toMatchObject({ readiness: { state: "ready" } });
  });

  test("is not reset by who only borrows it, nor after it was detached", async () => {
    const vm = await lima.launch({ name: "vm", template: dummyTemplate });
    await expect(((await lima.attach("vm")) as RunningVm).reset()).rejects.toMatchObject({
      code: "NO_BASELINE",
    });
    await vm.detach();
    await expect(vm.reset()).rejects.toMatchObject({ code: "NO_BASELINE" });
    expect(await vm.inspect()).toMatchObject({ status: "Running" });
  });

  test("stays without a lease after a reset when it was launched without", async () => {
    const vm = await lima.launch({ name: "vm", template: dummyTemplate, lease: false });
    await vm.reset();
    expect(await readdir(join(lima.home, "_sysinit/leases"))).toEqual([]);
  });

  test.each([true, false])(
    "that another launch replaced is left alone by its former owner, with lease: %s",
    async (lease) => {
      const launchReplaced = async () => {
        const options = { name: "vm", template: dummyTemplate, ifExists: "replace" } as const;
        const former = await lima.launch({ ...options, lease });
        await createLima(fake.options).launch(options);
        return former;
      };
      const isThere = async () => {
        expect(await lima.find("vm")).toMatchObject({ status: "Running" });
        expect(existsSync(join(lima.home, "_sysinit/leases/vm.json"))).toBe(true);
        expect(existsSync(join(lima.home, "vm/sysinit-lease"))).toBe(true);
      };
      {
        await using _former = await launchReplaced();
      }
      await isThere();

      const former = await launchReplaced();
      await expect(former.reset()).rejects.toMatchObject({ code: "INSTANCE_NOT_FOUND" });
      await former.delete();
      await isThere();

      await (await launchReplaced()).detach();
      await isThere();
    },
  );

  test("that was launched without a lease is deleted at its end", async () => {
    {
      await using vm = await lima.launch({ name: "vm", template: dummyTemplate, lease: false });
      await vm.reset();
    }
    expect(await lima.list()).toEqual([]);
  });

  test("that the user deleted and made anew under its name is left alone by the end of the handle", async () => {
    {
      await using vm = await lima.launch({ name: "vm", template: dummyTemplate });
      const raw = (args: readonly string[], input?: string) =>
        runProcess({
          file: fake.options.limactl,
          args: ["--tty=false", ...args],
          env: { ...process.env, ...fake.options.env, LIMA_HOME: lima.home },
          input,
        });
      await raw(["delete", "--force", vm.name]);
      expect(await raw(["create", "--name", vm.name, "-"], dummyTemplate)).toMatchObject({ exitCode: 0 });
    }
    expect(await lima.find("vm")).toMatchObject({ status: "Stopped" });
  });
});
