import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createLima, type RunningVm } from "@sysinit/lima-control";
import { runProcess } from "@sysinit-internal/process";

import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactls } from "./support/limactls.ts";
import { referenceTemplate } from "./support/reference-guest.ts";
import { runningContract } from "./support/running-contract.ts";

// The tests that the fake passes as well, on real VMs: one for each limactl.
describe.each(limactls())("a running VM of %s", (limactl) => {
  let home: string;
  let vm: RunningVm;
  let guestDirectory: string;
  let hostDirectory: string;

  beforeAll(async () => {
    home = await makeLimaHome();
    hostDirectory = join(home, "_host");
    await mkdir(hostDirectory);
    vm = await createLima({ limactl, home }).launch({
      name: "vm",
      template: referenceTemplate({ projects: hostDirectory }),
    });
    guestDirectory = (await vm.exec(["mktemp", "-d"])).stdout.trim();
  });
  afterAll(() => removeLimaHome(limactl, home));

  runningContract(() => ({
    vm,
    guestDirectory,
    hostDirectory,
    greeter: { port: 22, greeting: "SSH-2.0" },
  }));

  test("the user is that of the template, and root when asked for", async () => {
    expect((await vm.exec(["id", "-un"])).stdout).toBe("dev\n");
    expect((await vm.exec(["id", "-un"], { user: "root", cwd: "/root" })).stdout).toBe("root\n");
  });

  test("a file of root's is read and written by root, and may be another's", async () => {
    await vm.writeFile("/root/secret", "s", { user: "root", mode: 0o600 });
    await expect(vm.readFile("/root/secret")).rejects.toMatchObject({
      code: expect.stringMatching(/^FILE_(?:FAILED|NOT_FOUND)$/),
    });
    expect(String(await vm.readFile("/root/secret", { user: "root" }))).toBe("s");
    await vm.writeFile("/srv/of-dev", "d", { user: "root", owner: "dev" });
    expect((await vm.exec(["stat", "-c", "%U", "/srv/of-dev"])).stdout).toBe("dev\n");
  });

  test("ssh reaches the guest by what is told of it", async () => {
    const { file, host } = await vm.sshConfig();
    const outcome = await runProcess({
      file: "ssh",
      args: ["-F", file, host, "id", "-un"],
      timeoutMs: 60_000,
    });
    expect(outcome).toMatchObject({ exitCode: 0, stdout: "dev\n" });
  });

  test("a VM that is restarted has booted anew, and its handle from before still works", async () => {
    const bootOf = async (running: RunningVm) =>
      (await running.exec(["cat", "/proc/sys/kernel/random/boot_id"])).stdout;
    const before = await bootOf(vm);
    const again = await vm.restart();
    expect(again.readiness).toMatchObject({ state: "ready" });
    expect(await bootOf(again)).not.toBe(before);
    expect(await bootOf(vm)).toBe(await bootOf(again));
  });

  test("one that somebody else stopped is told not to run, and no input is taken for an answer to limactl", async () => {
    const env = { ...process.env, LIMA_HOME: home };
    await runProcess({ file: limactl, args: ["--tty=false", "stop", "-f", "vm"], env, timeoutMs: 120_000 });
    await expect(vm.exec(["true"], { input: "y\n" })).rejects.toMatchObject({ code: "NOT_RUNNING" });
    expect(await vm.inspect()).toMatchObject({ status: "Stopped" });
  });
});
