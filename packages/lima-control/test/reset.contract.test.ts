import { spawn } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { createLima, type Lima, type RunningVm } from "@sysinit/lima-control";

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
