import { execFile } from "node:child_process";
import { once } from "node:events";
import { link, mkdir, mkdtemp, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createLima, LimaControlError, type Lima, type VmEvent } from "@sysinit/lima-control";
import { installFakeLimactl } from "@sysinit/lima-control/fake";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactlsAndFakes } from "./support/limactls.ts";

const run = promisify(execFile);

describe.each(await limactlsAndFakes())("instances with %s", (limactl) => {
  let home: string;
  let lima: Lima;

  beforeEach(async () => {
    home = await makeLimaHome();
    lima = createLima({ limactl, home });
  });
  afterEach(() => removeLimaHome(limactl, home));

  const raw = (...args: string[]) =>
    run(limactl, ["--tty=false", ...args], { env: { ...process.env, LIMA_HOME: home } });

  test("without any, the list is empty and one that is looked for is not there", async () => {
    expect(await lima.list()).toEqual([]);
    expect(await lima.find("vm")).toBeUndefined();
    await expect(lima.attach("vm")).rejects.toMatchObject({ code: "INSTANCE_NOT_FOUND" });
  });

  test("one that is created is seen, can be attached to, and is gone after its deletion with its lease and lock", async () => {
    const vm = await lima.create({ name: "vm", template: dummyTemplate });
    expect(vm).toMatchObject({ name: "vm", dir: join(home, "vm"), owned: true, state: "stopped" });
    expect(await vm.inspect()).toMatchObject({
      status: "Stopped",
      cpus: 1,
      memoryBytes: 256 * 1024 * 1024,
      diskBytes: 1024 * 1024,
      imageLocations: ["/etc/profile"],
      mountPoints: [],
      protected: false,
      errors: [],
    });
    expect((await lima.list()).map((record) => record.name)).toEqual(["vm"]);
    expect(await lima.attach("vm")).toMatchObject({ state: "stopped", owned: false });

    await vm.delete();
    expect(await lima.find("vm")).toBeUndefined();
    expect(existsSync(join(home, "vm"))).toBe(false);
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
    expect(await readdir(join(home, "_sysinit/locks"))).toEqual([]);
  });

  test("deleting one that is gone already is no error", async () => {
    const vm = await lima.create({ name: "vm", template: dummyTemplate });
    await raw("delete", "-f", "vm");
    await vm.delete();
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
  });

  test("the mount points and the user's home are those that the guest will have", async () => {
    const vm = await lima.create({
      name: "vm",
      template: dummyTemplate.replace(
        "mounts: []",
        'user: {name: dev, home: "/home/{{.User}}"}\nmounts: [{location: /srv}, {location: /tmp, mountPoint: "{{.Home}}/a b"}]',
      ),
    });
    expect(await vm.inspect()).toMatchObject({
      mountPoints: ["/srv", "/home/dev/a b"],
      userName: "dev",
      userHome: "/home/dev",
    });
  });

  test("a template that limactl refuses leaves nothing behind", async () => {
    const refused = lima.create({ name: "vm", template: "images: []\ncpus: -1\n" });
    await expect(refused).rejects.toMatchObject({ code: "TEMPLATE_REFUSED" });
    await expect(refused).rejects.toThrow(/images/);
    await expect(lima.create({ name: "vm", template: "images: [" })).rejects.toMatchObject({
      code: "TEMPLATE_REFUSED",
    });
    expect(await lima.list()).toEqual([]);
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
  });

  test("an image that is missing is named, and the instance that limactl leaves behind is removed", async () => {
    const template = dummyTemplate.replace("/etc/profile", "/nowhere/image.qcow2");
    const failed = lima.create({ name: "vm", template });
    await expect(failed).rejects.toMatchObject({
      code: "CREATE_FAILED",
      details: { cause: { code: "IMAGE_MISSING" } },
    });
    await expect(failed).rejects.toThrow("/nowhere/image.qcow2");
    expect(await lima.list()).toEqual([]);
    expect(existsSync(join(home, "vm"))).toBe(false);
  });

  test("a disk that is smaller than the image is told as that", async (context) => {
    // Lima 1 cuts the disk off and says nothing.
    context.skip((await lima.info()).version.startsWith("1."));
    const image = join(home, "image.qcow2");
    await run("qemu-img", ["create", "-q", "-f", "qcow2", image, "10M"]);
    const template = dummyTemplate.replace("/etc/profile", image);
    await expect(lima.create({ name: "vm", template })).rejects.toMatchObject({
      code: "CREATE_FAILED",
      details: { cause: { code: "DISK_BELOW_IMAGE" } },
    });
    expect(await lima.list()).toEqual([]);
  });

  test("an instance of the user with that name stays as it is", async () => {
    const file = join(home, "user.yaml");
    await writeFile(file, dummyTemplate);
    await raw("create", "--name", "vm", file);
    await expect(lima.create({ name: "vm", template: dummyTemplate })).rejects.toMatchObject({
      code: "INSTANCE_EXISTS",
    });
    await expect(lima.launch({ name: "vm", template: dummyTemplate })).rejects.toMatchObject({
      code: "INSTANCE_EXISTS",
    });
    expect(await lima.find("vm")).toMatchObject({ status: "Stopped" });
    expect(existsSync(join(home, "_sysinit/leases/vm.json"))).toBe(false);
  });

  test("a protected instance is not deleted", async () => {
    const vm = await lima.create({ name: "vm", template: dummyTemplate });
    await raw("protect", "vm");
    await expect(vm.delete()).rejects.toMatchObject({
      code: "PROTECTED",
      hint: expect.stringContaining("unprotect"),
    });
    expect(await lima.find("vm")).toMatchObject({ protected: true });
    await raw("unprotect", "vm");
  });

  test("a directory that is no instance is seen as broken, and the others all the same", async () => {
    await lima.create({ name: "vm", template: dummyTemplate });
    await mkdir(join(home, "stranger"));
    expect((await lima.list()).map(({ name, status }) => [name, status])).toEqual([
      ["stranger", "Broken"],
      ["vm", "Stopped"],
    ]);
    await rm(join(home, "stranger"), { recursive: true });
  });

  test("one whose record is longer than the 64 KiB that limactl can print as JSON is listed, with the others", async () => {
    const script = `#!/bin/sh\n${": a line of a long script\n".repeat(5_000)}`;
    await lima.create({
      name: "long",
      template: `${dummyTemplate}provision: [{mode: system, script: ${JSON.stringify(script)}}]\n`,
    });
    await lima.create({ name: "vm", template: dummyTemplate });
    expect((await lima.list()).map(({ name, status }) => [name, status])).toEqual([
      ["long", "Stopped"],
      ["vm", "Stopped"],
    ]);
    expect(await lima.find("long")).toMatchObject({ status: "Stopped" });
  });

  test("what a crash left of a VM, pid files of dead processes and sockets, keeps nobody from seeing, cloning and deleting it", async () => {
    const vm = await lima.create({ name: "vm", template: dummyTemplate });
    const deadPid = await run("sh", ["-c", "echo $$"]);
    for (const file of ["ha.pid", "qemu.pid"]) await writeFile(join(vm.dir, file), deadPid.stdout);
    const socket = createServer().listen(join(vm.dir, "ha.sock"));
    await once(socket, "listening");
    await link(join(vm.dir, "ha.sock"), join(vm.dir, "ssh.sock"));
    socket.close();
    expect(await vm.inspect()).toMatchObject({ status: expect.stringMatching(/^(?:Stopped|Broken)$/) });
    expect(await lima.attach("vm")).toMatchObject({ state: "stopped" });
    const copy = await vm.clone("copy");
    expect(await copy.inspect()).toMatchObject({ status: "Stopped" });
    await vm.delete();
    expect((await lima.list()).map((record) => record.name)).toEqual(["copy"]);
  });

  test("those who make and delete instances of one LIMA_HOME at once, and one that lists them, do not disturb each other", async () => {
    const other = createLima({ limactl, home });
    const names = ["a", "b", "c", "d"];
    const made = names.map((name, index) =>
      (index % 2 === 0 ? lima : other).create({ name, template: dummyTemplate }).then((vm) => vm.delete()),
    );
    const listing = (async () => {
      for (let round = 0; round < 8; round += 1) await createLima({ limactl, home }).list();
    })();
    await Promise.all([...made, listing]);
    expect(await lima.list()).toEqual([]);
  });

  test("of two creations at once one makes the instance, the other is told that it is there", async () => {
    const events: VmEvent[] = [];
    const create = () =>
      lima.create({ name: "vm", template: dummyTemplate, onEvent: (event) => events.push(event) });
    const [one, other] = await Promise.allSettled([create(), create()]);
    expect([one.status, other.status].sort()).toEqual(["fulfilled", "rejected"]);
    const refused = [one, other].find((result) => result.status === "rejected");
    expect(LimaControlError.is(refused?.reason, "INSTANCE_EXISTS")).toBe(true);
    expect(events.some((event) => event.type === "waiting")).toBe(true);
    expect(await lima.find("vm")).toMatchObject({ status: "Stopped" });
  });

  test("a creation that is aborted leaves nothing behind", async () => {
    const controller = new AbortController();
    const created = lima.create({
      name: "vm",
      template: dummyTemplate,
      signal: controller.signal,
      onEvent: (event) => event.type === "creating" && controller.abort(),
    });
    await expect(created).rejects.toMatchObject({ code: "ABORTED" });
    expect(await lima.list()).toEqual([]);
    expect(await readdir(join(home, "_sysinit/leases"))).toEqual([]);
    expect(await readdir(join(home, "_sysinit/locks"))).toEqual([]);
  });

  test("names that Lima refuses, and a LIMA_HOME too long for a socket, are told before anything is made", async () => {
    await expect(lima.create({ name: "my vm", template: dummyTemplate })).rejects.toMatchObject({
      code: "BAD_INSTANCE_NAME",
    });
    const long = createLima({ limactl, home: join(home, "x".repeat(80)) });
    await expect(long.create({ name: "vm", template: dummyTemplate })).rejects.toMatchObject({
      code: "PATH_TOO_LONG",
    });
    expect(await readdir(home)).toEqual([]);
  });

  test("the longest name that is let through is one that Lima takes", async () => {
    const room = (process.platform === "darwin" ? 76 : 80) - Buffer.byteLength(home);
    const longest = "n".repeat(room);
    await lima.create({ name: longest, template: dummyTemplate });
    expect(await lima.find(longest)).toMatchObject({ status: "Stopped" });
    await expect(lima.create({ name: `${longest}n`, template: dummyTemplate })).rejects.toMatchObject({
      code: "PATH_TOO_LONG",
    });
  });

  test("HOME and LIMA_HOME may have a space in them", async () => {
    const userHome = await mkdtemp("/tmp/lc h-");
    const spaced = createLima({ limactl, env: { ...process.env, HOME: userHome, LIMA_HOME: undefined } });
    expect(spaced.home).toBe(join(userHome, ".lima"));
    const vm = await spaced.create({ name: "vm", template: dummyTemplate });
    expect(await vm.inspect()).toMatchObject({ status: "Stopped", dir: join(userHome, ".lima/vm") });
    await vm.delete();
    expect(await spaced.list()).toEqual([]);
    await rm(userHome, { recursive: true });
  });

  test("a LIMA_HOME that is a file, that may not be read, and one with too long a name are told as that", async () => {
    const file = join(home, "file");
    await writeFile(file, "");
    const unreadable = join(home, "unreadable");
    await mkdir(unreadable, { mode: 0 });
    for (const bad of [file, unreadable, join(home, "x".repeat(300))]) {
      const unusable = createLima({ limactl, home: bad });
      const first = async () => unusable.watch()[Symbol.asyncIterator]().next();
      for (const attempt of [() => unusable.list(), () => unusable.sweep(), first]) {
        await expect(attempt()).rejects.toMatchObject({
          code: "LIMA_HOME_UNUSABLE",
          hint: expect.any(String),
        });
      }
    }
    const unusable = createLima({ limactl, home: unreadable });
    await expect(unusable.find("vm")).rejects.toMatchObject({ code: "LIMA_HOME_UNUSABLE" });
    await expect(unusable.attach("vm")).rejects.toMatchObject({ code: "LIMA_HOME_UNUSABLE" });
    await rmdir(unreadable);
  });

  test("a LIMA_HOME that cannot be written to is told as that", async () => {
    const file = join(home, "file");
    await writeFile(file, "");
    const unusable = createLima({ limactl, home: join(file, "home") });
    await expect(unusable.create({ name: "vm", template: dummyTemplate })).rejects.toMatchObject({
      code: "LIMA_HOME_UNUSABLE",
    });
  });

  test("limactl tells its version and where its guest agents are", async () => {
    const { stdout } = await raw("--version");
    const info = await lima.info();
    expect(stdout).toContain(info.version);
    expect(info).toMatchObject({ home, limactl, vmTypes: expect.arrayContaining(["qemu"]) });
    expect(Object.values(info.guestAgents)[0]).toContain("lima-guestagent");
  });
});

test("a limactl that is not there is told as that", async () => {
  const lima = createLima({ limactl: "/nowhere/limactl", home: "/tmp/lc-nowhere" });
  await expect(lima.info()).rejects.toMatchObject({ code: "LIMACTL_NOT_FOUND" });
});

test("a limactl that is too old to clone is told as that, and nothing is left of the clone", async () => {
  await using fake = await installFakeLimactl({ version: "1.1.1" });
  const lima = createLima(fake.options);
  const vm = await lima.create({ name: "vm", template: dummyTemplate });
  await expect(vm.clone("copy")).rejects.toMatchObject({ code: "LIMACTL_TOO_OLD" });
  expect((await lima.list()).map((record) => record.name)).toEqual(["vm"]);
});
