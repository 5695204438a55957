import { afterAll, beforeAll, expect, test } from "vitest";

import { createLima, type Lima, type RunningVm, type VmEvent } from "@sysinit/lima-control";

import { makeLimaHome, processesOf, removeLimaHome } from "./support/lima-home.ts";
import { referenceTemplate } from "./support/reference-guest.ts";

// A golden instance and a clone of it serve the whole file, in the order of the tests.
let home: string;
let lima: Lima;
let vm: RunningVm;
const events: VmEvent[] = [];
const seconds = { "create and start": 0, "launch from a clone": 0 };

async function timed<Result>(what: keyof typeof seconds, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work();
  seconds[what] = (performance.now() - begun) / 1000;
  console.log(`${what}: ${seconds[what].toFixed(1)} s`);
  return result;
}

const outputOf = async (argv: readonly string[]) => (await vm.exec(argv)).stdout.trim();

beforeAll(async () => {
  home = await makeLimaHome();
  lima = createLima({ home, owner: "reset test" });
  const golden = await timed("create and start", () =>
    lima.launch({ name: "golden", template: referenceTemplate({}) }),
  );
  await golden.exec(["sh", "-c", "echo golden > /etc/made-of"], { user: "root" });
  const stopped = await golden.stop();
  vm = await timed("launch from a clone", () =>
    lima.launch({
      name: "vm",
      from: stopped,
      resettable: true,
      onEvent: (event) => events.push(event),
    }),
  );
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
  const begun = performance.now();
  expect(await vm.reset()).toBe("snapshot");
  expect(await outputOf(["cat", "/etc/made-of"])).toBe("golden");
  const took = (performance.now() - begun) / 1000;
  console.log(`reset and first command: ${took.toFixed(1)} s`);
  expect(took).toBeLessThan(0.1 * seconds["create and start"]);

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

test("a guest that is broken, so that nothing can be run in it, is put back as well", async () => {
  await vm.exec(["sh", "-c", "echo 1 > /proc/sys/kernel/sysrq; (sleep 1; echo c > /proc/sysrq-trigger) &"], {
    user: "root",
  });
  await new Promise((resolve) => setTimeout(resolve, 4_000));
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

test("nothing is left at its end but the golden instance", async () => {
  await vm[Symbol.asyncDispose]();
  expect((await lima.list()).map((record) => record.name)).toEqual(["golden"]);
  expect(await processesOf(home)).toEqual([]);
});
