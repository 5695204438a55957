import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";

import { createLima, type Lima, type StoppedVm } from "@sysinit/lima-control";

import { dummyTemplate } from "./support/dummy-template.ts";
import { makeLimaHome, removeLimaHome } from "./support/lima-home.ts";
import { limactlsAndFakes } from "./support/limactls.ts";

const run = promisify(execFile);

describe.each(await limactlsAndFakes())("what can be done to a stopped instance with %s", (limactl) => {
  let home: string;
  let lima: Lima;
  let vm: StoppedVm;

  beforeEach(async () => {
    home = await makeLimaHome();
    lima = createLima({ limactl, home });
    vm = await lima.create({ name: "vm", template: dummyTemplate });
  });
  afterEach(() => removeLimaHome(limactl, home));

  const leases = async () => (await readdir(join(home, "_sysinit/leases"))).sort();
  const names = async () => (await lima.list()).map((record) => record.name);

  describe("clone", () => {
    test("makes another instance that is owned, and leaves the first as it was", async () => {
      const copy = await vm.clone("copy");
      expect(copy).toMatchObject({ name: "copy", dir: join(home, "copy"), owned: true, state: "stopped" });
      expect(await copy.inspect()).toMatchObject({ status: "Stopped", memoryBytes: 256 * 1024 * 1024 });
      expect(await names()).toEqual(["copy", "vm"]);
      expect(await leases()).toEqual(["copy.json", "vm.json"]);
      await copy.delete();
      expect(await names()).toEqual(["vm"]);
    });

    test("does not copy the protection", async () => {
      await vm.protect();
      const copy = await vm.clone("copy");
      expect(await copy.inspect()).toMatchObject({ protected: false });
    });

    test("takes no name that there is already, nor its own, nor one that Lima refuses", async () => {
      await lima.create({ name: "other", template: dummyTemplate });
      await expect(vm.clone("other")).rejects.toMatchObject({ code: "INSTANCE_EXISTS" });
      await expect(vm.clone("vm")).rejects.toMatchObject({ code: "INSTANCE_EXISTS" });
      await expect(vm.clone("a b")).rejects.toMatchObject({ code: "BAD_INSTANCE_NAME" });
      expect(await names()).toEqual(["other", "vm"]);
      expect(await leases()).toEqual(["other.json", "vm.json"]);
    });

    test("of one that is gone leaves nothing behind", async () => {
      await run(limactl, ["--tty=false", "delete", "-f", "vm"], { env: { ...process.env, LIMA_HOME: home } });
      await expect(vm.clone("copy")).rejects.toMatchObject({ code: "INSTANCE_NOT_FOUND" });
      expect(await leases()).toEqual(["vm.json"]);
    });

    test("both ways at once ends, and makes what was asked for", async () => {
      const other = await lima.create({ name: "other", template: dummyTemplate });
      await Promise.all([vm.clone("a"), other.clone("b"), vm.clone("c"), other.clone("d")]);
      expect(await names()).toEqual(["a", "b", "c", "d", "other", "vm"]);
    });
  });

  describe("rename", () => {
    test("gives the instance and all its handles another name, or says that limactl is too old for it", async () => {
      if ((await lima.info()).version.startsWith("1.")) {
        await expect(vm.rename("new")).rejects.toMatchObject({ code: "LIMACTL_TOO_OLD" });
        expect(await names()).toEqual(["vm"]);
        return;
      }
      await vm.rename("new");
      expect(vm).toMatchObject({ name: "new", dir: join(home, "new"), owned: true });
      expect(await names()).toEqual(["new"]);
      expect(await leases()).toEqual(["new.json"]);
      await vm.delete();
      expect(await leases()).toEqual([]);
    });

    test("keeps the protection, which limactl forgets", async (context) => {
      context.skip((await lima.info()).version.startsWith("1."));
      await vm.protect();
      await vm.rename("new");
      expect(await vm.inspect()).toMatchObject({ protected: true });
    });

    test("takes no name that there is already", async () => {
      await lima.create({ name: "other", template: dummyTemplate });
      await expect(vm.rename("other")).rejects.toMatchObject({ code: "INSTANCE_EXISTS" });
      expect(vm.name).toBe("vm");
      expect(await leases()).toEqual(["other.json", "vm.json"]);
    });
  });

  test("protect keeps it from being deleted, unprotect allows it again, and either done twice is no error", async () => {
    await vm.protect();
    await vm.protect();
    expect(await vm.inspect()).toMatchObject({ protected: true });
    await expect(vm.delete()).rejects.toMatchObject({ code: "PROTECTED" });
    await vm.unprotect();
    await vm.unprotect();
    await vm.delete();
    expect(await names()).toEqual([]);
  });

  test("start of a directory without a template says what to remove, since limactl deletes no such thing", async () => {
    await mkdir(join(home, "stranger"));
    const stranger = (await lima.attach("stranger")) as StoppedVm;
    await expect(stranger.start()).rejects.toMatchObject({
      code: "START_FAILED",
      hint: expect.stringContaining(join(home, "stranger")),
    });
  });

  describe("edit", () => {
    test("changes sizes and other fields, whatever their values hold", async () => {
      const odd = 'it\'s \\(1) "$HOME" `id` {{.Name}} ü\n\t\u001b | del(.cpus)';
      const record = await vm.edit({
        cpus: 2,
        memoryBytes: 300 * 1024 * 1024,
        diskBytes: 2 * 1024 * 1024,
        set: { "ssh.localPort": 60_123, "env.ODD": odd, mounts: [{ location: "/srv" }] },
      });
      expect(record).toMatchObject({
        cpus: 2,
        memoryBytes: 300 * 1024 * 1024,
        diskBytes: 2 * 1024 * 1024,
        mountPoints: ["/srv"],
      });
      const raw = await run(limactl, ["--tty=false", "list", "--format", "{{json .}}", "vm"], {
        env: { ...process.env, LIMA_HOME: home },
      });
      expect(JSON.parse(raw.stdout).config).toMatchObject({ env: { ODD: odd }, ssh: { localPort: 60_123 } });
    });

    test("that limactl refuses changes nothing, and leaves no file where we are", async () => {
      const before = await readFile(join(vm.dir, "lima.yaml"), "utf8");
      await expect(vm.edit({ set: { images: [] } })).rejects.toMatchObject({
        code: "EDIT_REFUSED",
        details: { unchanged: true },
      });
      expect(await readFile(join(vm.dir, "lima.yaml"), "utf8")).toBe(before);
      expect(existsSync("lima.REJECTED.yaml")).toBe(false);
    });

    test("of what is no number, no path, or nothing at all is refused before limactl is asked", async () => {
      for (const changes of [{ cpus: 0 }, { memoryBytes: 1.5 }, { set: { "a b": 1 } }, {}]) {
        await expect(vm.edit(changes)).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
      }
      const noData = { cpus: undefined } as unknown as Record<string, number>;
      await expect(vm.edit({ set: noData })).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    });

    test("of an instance without a template, or without a place for what limactl writes, is refused", async () => {
      vi.stubEnv("TMPDIR", "/no/such");
      onTestFinished(() => void vi.unstubAllEnvs());
      await expect(vm.edit({ cpus: 2 })).rejects.toMatchObject({
        code: "EDIT_REFUSED",
        hint: expect.stringContaining("TMPDIR"),
      });
      await rm(join(vm.dir, "lima.yaml"));
      await expect(vm.edit({ cpus: 2 })).rejects.toMatchObject({ code: "EDIT_REFUSED" });
    });
  });
});
