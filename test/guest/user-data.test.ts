import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Guest, generations, samples } from "./guest.ts";

let guest: Guest;
afterEach(() => guest.remove());

async function values(kind: string): Promise<string[]> {
  const names = await readdir(join(guest.root, "run/lima/user-data", kind));
  return Promise.all(names.sort().map((name) => guest.read(`run/lima/user-data/${kind}/${name}`)));
}

describe.each(generations)("user-data of Lima %s without the agent's yq", (generation) => {
  describe.each(["rich", "minimal", "plain", "sshfs"])("%s", (template) => {
    beforeEach(async () => {
      guest = await Guest.make(generation, template);
      expect(await guest.step("read-user-data")).toEqual({ exitCode: 0, output: "" });
    });

    test("keys, name servers, certificates, boot scripts and time zone are what a YAML parser reads", async () => {
      const text = await readFile(join(samples, generation, template, "user-data"), "utf8");
      // Parsers differ on a newline in a flow sequence; the mounts have a test of their own.
      const document = parse(text.replace("/work/new\nline", "/work/new line")) as {
        users: { "ssh-authorized-keys": string[] }[];
        timezone?: string;
        resolv_conf?: { nameservers: string[] };
        ca_certs?: { trusted: string[] };
        bootcmd?: string[];
      };
      expect(await values("keys")).toEqual(document.users[0]?.["ssh-authorized-keys"]);
      expect(await values("nameservers")).toEqual(document.resolv_conf?.nameservers ?? []);
      expect(await values("certificates")).toEqual(document.ca_certs?.trusted ?? []);
      // The others are Lima's own, for other systems.
      expect(await values("boot")).toEqual(
        document.bootcmd?.filter((script) => script.includes("done <<'EOF'")) ?? [],
      );
      if (document.timezone !== undefined) {
        expect(await guest.read("run/lima/user-data/timezone")).toBe(document.timezone);
      }
    });

    test("nobody but root can read them", async () => {
      expect(await guest.mode("run/lima/user-data")).toBe("700");
    });
  });

  test("mount points keep their spaces, quotes and newlines", async () => {
    guest = await Guest.make(generation, "rich");
    await guest.step("read-user-data");
    const mounts = await readdir(join(guest.root, "run/lima/user-data/mounts"));
    const points = await Promise.all(
      mounts.sort().map((name) => guest.read(`run/lima/user-data/mounts/${name}/mountpoint`)),
    );
    const home = generation < "2.1" ? "/home/dev.linux" : "/home/dev.guest";
    expect(points).toEqual([
      "/tmp/lima-samples/plain",
      "/work/with space",
      `/work/it's "quoted"`,
      "/work/new\nline",
      `${home}/projects/deep er`,
    ]);
    expect(await guest.read("run/lima/user-data/mounts/0001/tag")).toMatch(/^(mount1|lima-[0-9a-f]{16})$/);
    expect(await guest.read("run/lima/user-data/mounts/0001/type")).toBe("9p");
    expect(await guest.read("run/lima/user-data/mounts/0001/options")).toMatch(/^rw,trans=virtio,.*,nofail$/);
  });
});

test("a mount point that makes the file no YAML is read all the same", async () => {
  guest = await Guest.make("2.2", "rich");
  for (const path of ["mnt/lima-cidata/user-data", "mnt/lima-cidata/lima.env"]) {
    await guest.edit(path, (text) => text.replaceAll("/work/with space", "/work/a, b] #c: {d"));
  }
  await guest.step("read-user-data");
  expect(await guest.read("run/lima/user-data/mounts/0001/mountpoint")).toBe("/work/a, b] #c: {d");
  expect(await values("keys")).toHaveLength(1);
});

test("Rosetta's share comes first and is not counted as a mount of lima.env", async () => {
  guest = await Guest.make("2.2", "rich");
  await guest.edit("mnt/lima-cidata/user-data", (text) =>
    text.replace("mounts:\n", 'mounts:\n- [vz-rosetta, /mnt/lima-rosetta, virtiofs, defaults, "0", "0"]\n'),
  );
  await guest.step("read-user-data");
  expect(await guest.read("run/lima/user-data/mounts/0000/mountpoint")).toBe("/mnt/lima-rosetta");
  expect(await guest.read("run/lima/user-data/mounts/0000/options")).toBe("defaults");
  expect(await guest.read("run/lima/user-data/mounts/0001/mountpoint")).toBe("/tmp/lima-samples/plain");
});

test("escapes in a key's comment are undone as they were done", async () => {
  guest = await Guest.make("2.2", "minimal");
  await guest.edit("mnt/lima-cidata/user-data", (text) =>
    text.replace(/- "(ssh-ed25519 \S+) lima"/, String.raw`- "$1 a \"b\" \\c é \u00a0d"`),
  );
  await guest.step("read-user-data");
  expect((await values("keys"))[0]).toMatch(/ a "b" \\c é \u00a0d$/);
});
