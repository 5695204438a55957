import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createLima, type Lima, type RunningVm, type StoppedVm, type VmEvent } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";
import { readmeExample, runExample } from "@sysinit-internal/testing";

import { buildReferenceGuest } from "../../../test/reference-guest.ts";
import { makeLimaHome, processesOf, removeLimaHome } from "./support/lima-home.ts";
import { referenceTemplate } from "./support/reference-guest.ts";

// One golden instance serves the whole file, in the order of the tests.
let home: string;
let lima: Lima;
let golden: RunningVm;
const events: VmEvent[] = [];

const outputOf = async (vm: RunningVm, text: string) => (await vm.script(text)).stdout.trim();
const suspended = async () => (await lima.attach("prepared")) as StoppedVm;
const said = () => events.flatMap((event) => (event.type === "message" ? [event.text] : []));

// As perl, which is what can make the kernel draw anew; tells how that went.
const observedPerl = `#!/bin/sh
/usr/bin/perl "$@"
status=$?
echo "$status $*" >>/run/perl-calls
exit $status
`;

beforeAll(async () => {
  home = await makeLimaHome();
  lima = createLima({ home, owner: "suspend test", onEvent: (event) => events.push(event) });
  golden = await lima.launch({ name: "prepared", template: referenceTemplate({}) });
  await golden.writeFile("/usr/local/bin/perl", observedPerl, { user: "root", mode: 0o755 });
  await golden.script("echo prepared > /dev/shm/state; setsid sleep 98765 >/dev/null 2>&1 </dev/null &");
});

afterAll(() => removeLimaHome("limactl", home));

test("a VM that is suspended does not run any more, and keeps its state in its disk", async () => {
  const vm = await golden.suspend();
  expect(vm).toMatchObject({ state: "stopped", owned: true });
  expect(await vm.inspect()).toMatchObject({ status: "Stopped" });
  expect(await processesOf(home)).toEqual([]);
});

test("its clones go on from there with its memory and its processes, each as the instance that it is", async () => {
  await using one = await lima.launch({ name: "one", from: "prepared" });
  await using two = await lima.launch({ name: "two", from: "prepared" });
  const clones = [one, two];
  for (const vm of clones) {
    expect(vm.readiness).toEqual({ state: "ready", reasons: [] });
    expect(await outputOf(vm, "cat /dev/shm/state; pgrep -fc 'sleep [9]8765'; hostname")).toBe(
      `prepared\n1\nlima-${vm.name}`,
    );
    const [, id] = /^instance-id: (.*)$/m.exec(await outputOf(vm, "sudo cat /mnt/lima-cidata/meta-data"))!;
    expect(JSON.parse(await outputOf(vm, "cat /run/lima/status.json"))).toMatchObject({
      instanceId: id,
      finished: true,
      ok: true,
    });
    for (const clock of ["date +%s", "cat /sys/class/rtc/rtc0/since_epoch"])
      expect(Math.abs(Number(await outputOf(vm, clock)) - Date.now() / 1000)).toBeLessThan(4);
    expect(await vm.assess()).toEqual({ state: "ready", reasons: [] });
  }
  // Of what they draw nothing can be seen: in its first minutes a kernel draws anew by itself every few seconds.
  for (const vm of clones) expect(await outputOf(vm, "cat /run/perl-calls")).toMatch(/^0 .*urandom.*0x5207/);
  const boots = await Promise.all(clones.map((vm) => outputOf(vm, "cat /proc/sys/kernel/random/boot_id")));
  expect(new Set(boots).size).toBe(1);
});

test("a state that cannot be loaded is told, and the clone boots", async () => {
  const clone = await (await suspended()).clone("lost");
  const file = join(clone.dir, "sysinit-suspended.json");
  const suspension = JSON.parse(await readFile(file, "utf8")) as { disks: Record<string, object> };
  // An overlay up to Lima 2.0, beside the image.
  const disk = "disk" in suspension.disks ? "disk" : "diffdisk";
  await runProcess({
    file: "qemu-img",
    args: ["snapshot", "-d", "sysinit-suspended", join(clone.dir, disk)],
  });
  // As if nobody had touched it.
  const { size, mtimeMs } = await stat(join(clone.dir, disk));
  suspension.disks[disk] = { bytes: size, modifiedMs: mtimeMs };
  await writeFile(file, JSON.stringify(suspension));

  await using vm = await clone.start();
  const told = /^lost does not go on from where it was suspended, and boots: /;
  expect(said()).toContainEqual(expect.stringMatching(told));
  expect(await outputOf(vm, "test -e /dev/shm/state || hostname")).toBe("lima-lost");
});

test("it goes on itself, once: what it writes then is in the clones of it, which boot", async () => {
  const running = await (await suspended()).start();
  expect(await outputOf(running, "cat /dev/shm/state; hostname")).toBe("prepared\nlima-prepared");
  await running.script("echo later > ~/written");
  await running.stop();

  await using vm = await lima.launch({ name: "one", from: "prepared" });
  expect(await outputOf(vm, "cat ~/written; test -e /dev/shm/state || echo booted")).toBe("later\nbooted");
});

test("the README's example runs as it stands, in a guest with cloud-init, and leaves nothing", async () => {
  const image = await buildReferenceGuest("imageWithCloudInit");
  const packageDirectory = join(import.meta.dirname, "..");
  const run = await runExample({
    packageDirectory,
    code: readmeExample(join(packageDirectory, "README.md"), "Golden instances"),
    env: { LIMA_HOME: home, TEMPLATE_TEXT: referenceTemplate({ image }) },
    timeoutMs: 400_000,
  });
  expect(run).toMatchObject({ exitCode: 0, stdout: "what takes long\n\n" });
  expect((await lima.list()).map(({ name }) => name)).toEqual(["prepared"]);
});
