import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Guest, generations } from "./guest.ts";

let guest: Guest;
afterEach(async () => {
  for (const path of ["var/log", "var/lib", "etc"])
    await chmod(join(guest.root, path), 0o755).catch(() => undefined);
  await guest.remove();
});

/** Every file with its content and mode, but for those that tell when something was done. */
async function snapshot(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(guest.root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(guest.root.length + 1);
    if (!entry.isFile() || /^(mnt|dev|var\/log|run\/lima\/(steps|status))/.test(path)) continue;
    found[path] = `${await guest.mode(path)} ${await guest.read(path)}`;
  }
  return found;
}

async function expectReady(): Promise<void> {
  const status = await guest.status();
  expect(status.steps.filter((step) => !step.ok)).toEqual([]);
  expect(status).toMatchObject({
    version: 1,
    finished: true,
    ok: true,
    instanceId: expect.stringMatching(/^iid-\d+$/),
  });
  expect(await guest.read("dev/kmsg")).toBe("");
}

describe.each(generations)("a boot of Lima %s", (generation) => {
  test("ends ready, with nothing failed, and signals with this start's id as this Lima compares it", async () => {
    guest = await Guest.make(generation, "minimal");
    await guest.boot();
    await expectReady();
    const metaData = await guest.read("mnt/lima-cidata/meta-data");
    const expected = generation < "2.1" ? metaData : `${/iid-\d+/.exec(metaData)?.[0]}\n`;
    for (const name of ["lima-ssh-ready", "lima-fuse-ready", "lima-boot-done"]) {
      expect(await guest.read(`run/${name}`)).toBe(expected);
    }
  });

  test("runs every mode of provisioning in order; what fails stops nothing; a second boot changes nothing", async () => {
    guest = await Guest.make(generation, "rich");
    await guest.boot();
    const log = await guest.read("var/log/cloud-init-output.log");
    const order = [
      "booted",
      "dependency value with spaces",
      "wrote /etc/sample.conf",
      "system München hello world",
      "going wrong",
    ];
    const lines = generation === "1.2" ? order.filter((line) => !line.startsWith("dependency")) : order;
    const places = [...lines, "user "].map((line) => log.indexOf(line));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(log).toMatch(/^user \S+ value with spaces$/m);
    expect(log).toMatch(/^Cloud-init .* finished at /m);

    expect(await guest.read("etc/sample.conf")).toBe("city=München\n");
    expect(await guest.mode("etc/sample.conf")).toBe("640");
    const home = generation < "2.1" ? "home/dev.linux" : "home/dev.guest";
    expect(await guest.read(`${home}/.config/app/it's here.txt`)).toBe("first");

    const { steps, ok, finished } = await guest.status();
    const failed = steps.filter((step) => !step.ok);
    // yq is the guest agent's, which the samples do not carry.
    const expected = generation === "1.2" ? ["provision-system"] : ["provision-yq", "provision-system"];
    expect(failed.map(({ name }) => name)).toEqual(expected);
    expect(failed.at(-1)?.messages).toEqual([
      expect.stringMatching(/^system script 0000000\d ended with status 3$/),
    ]);
    expect({ ok, finished }).toEqual({ ok: false, finished: true });
    expect(await guest.read("dev/kmsg")).toMatch(/^<3>lima-guest: FAILED: .*provision-system/m);
    expect(await guest.has("run/lima-boot-done")).toBe(true);

    const first = await snapshot();
    await guest.boot();
    expect(await snapshot()).toEqual(first);
  });
});

test.each(["1.2", "2.2"])("reverse-sshfs of Lima %s ends ready too", async (generation) => {
  guest = await Guest.make(generation, "sshfs");
  await guest.boot();
  await expectReady();
});

describe("plain mode", () => {
  test("runs scripts but no dependency script and no agent", async () => {
    guest = await Guest.make("2.2", "plain");
    await guest.write(
      "mnt/lima-cidata/provision.dependency/00000001",
      "#!/bin/sh\necho dependency ran\n",
      0o755,
    );
    await guest.boot();
    await expectReady();
    const log = await guest.read("var/log/cloud-init-output.log");
    expect(log).toContain("plain system");
    expect(log).not.toContain("dependency ran");
    expect(await guest.step("start-guest-agent")).toMatchObject({ exitCode: 64 });
    expect(await guest.has("run/lima-boot-done")).toBe(true);
  });
});

describe("nobody is locked out", () => {
  test("by a disk on which nothing can be written any more", async () => {
    guest = await Guest.make("2.2", "rich");
    await guest.boot();
    await rm(join(guest.root, "var/log/cloud-init-output.log"));
    for (const path of ["var/log", "var/lib", "etc"]) await chmod(join(guest.root, path), 0o555);
    await guest.boot();
    expect(await guest.read("run/lima/authorized_keys.d/dev")).toMatch(/^ssh-ed25519 /);
    expect(await guest.read("run/lima/sudoers.d/lima")).toMatch(/NOPASSWD/);
    expect(await guest.has("run/lima-ssh-ready")).toBe(true);
    expect(await guest.has("run/lima-boot-done")).toBe(true);
  });

  test("by a home that cannot be made", async () => {
    guest = await Guest.make("2.2", "minimal");
    await guest.edit("mnt/lima-cidata/lima.env", (text) =>
      text.replace(/(CIDATA_HOME)=.*/, "$1=/dev/kmsg/home"),
    );
    await guest.boot();
    const { steps } = await guest.status();
    expect(steps.find(({ name }) => name === "write-login-keys")?.ok).toBe(true);
    expect(await guest.has("run/lima/authorized_keys.d/dev")).toBe(true);
    expect(await guest.has("run/lima-ssh-ready")).toBe(true);
  });

  test("by a script that leaves a program running in the background", async () => {
    guest = await Guest.make("2.2", "plain");
    await guest.write(
      "mnt/lima-cidata/provision.system/00000000",
      "#!/bin/sh\nsleep 5 &\necho left\n",
      0o755,
    );
    await guest.start("run-steps", ["provision-system"]);
    const { steps } = await guest.status();
    expect(steps[0]).toMatchObject({ name: "provision-system", ok: true });
    expect(steps[0]?.seconds).toBeLessThan(5);
  });
});

describe("what the firmware kept of an earlier start", () => {
  test.each([
    ["1.2", false],
    ["2.0", false],
    ["2.1", true],
    ["2.2", true],
  ])("with Lima %s is kept: %s", async (generation, kept) => {
    guest = await Guest.make(generation, "minimal");
    await guest.write("boot/NvVars", "Boot0002");
    expect(await guest.step("forget-firmware-variables")).toMatchObject({ exitCode: 0, output: "" });
    expect(await guest.has("boot/NvVars")).toBe(kept);
  });
});

describe("a changed lima.yaml", () => {
  test("is acted upon: other env, other keys, other mounts, other host name", async () => {
    guest = await Guest.make("2.2", "rich");
    await guest.boot();
    await guest.insert("2.2", "minimal");
    await guest.boot();
    expect(await guest.read("run/lima/environment")).toBe("");
    expect(await guest.read("proc/sys/kernel/hostname")).toBe("lima-minimal\n");
    expect(await guest.has("run/systemd/system")).toBe(false);
    expect(await readdir(join(guest.root, "usr/local/share/ca-certificates"))).toEqual([]);
    expect((await guest.read("etc/passwd")).split("\n").find((line) => line.startsWith("dev"))).toMatch(
      /:\/bin\/bash$/,
    );
  });
});
