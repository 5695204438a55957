import { mkdir, writeFile } from "node:fs/promises";
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

  test.each(["has ended", "has died and left its socket"])(
    "a command is run where Lima's own connection %s, and then there is one again",
    async (state) => {
      const { file, host, controlPath } = await vm.sshConfig();
      expect(await runProcess({ file: "ssh", args: ["-F", file, "-O", "exit", host] })).toMatchObject({
        exitCode: 0,
      });
      // To connect to it is refused, as to the socket of a process that is gone.
      if (state !== "has ended") await writeFile(controlPath, "");
      expect(await vm.exec(["id", "-un"])).toMatchObject({ stdout: "dev\n", stderr: "" });
      const check = await runProcess({ file: "ssh", args: ["-F", file, "-O", "check", host] });
      expect(check).toMatchObject({ exitCode: 0 });
    },
  );

  test("a command where there is no ssh fails with what limactl says of that", async () => {
    const env = { ...process.env, PATH: join(home, "_nothing") };
    const same = (await createLima({ limactl, home, env }).attach("vm")) as RunningVm;
    await expect(same.exec(["true"])).rejects.toMatchObject({
      code: "GUEST_UNREACHABLE",
      message: expect.stringMatching(/ssh.*not found/) as string,
    });
  });

  // Last, because it ends with a VM that is stopped.
  runningContract(() => ({
    vm,
    guestDirectory,
    hostDirectory,
    greeter: { port: 22, greeting: "SSH-2.0" },
  }));
});
