import { execFileSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Guest } from "./guest.ts";

let guest: Guest;
beforeEach(async () => {
  guest = await Guest.make("2.2", "rich");
  await guest.start("run-steps", ["read-user-data", "make-user"]);
});
afterEach(() => guest.remove());

const unitOf = (path: string) =>
  execFileSync("systemd-escape", ["--path", "--suffix=mount", path], { encoding: "utf8" }).trim();

test("each mount is a runtime unit whose name is its mount point, whatever is in it", async () => {
  expect((await guest.step("attach-mounts")).exitCode).toBe(0);
  const points = ["/work/with space", `/work/it's "quoted"`, "/work/new\nline"];
  const units = await readdir(join(guest.root, "run/systemd/system"));
  for (const point of points) {
    expect(units).toContain(unitOf(point));
    expect(await guest.has(point)).toBe(true);
  }
  const text = await guest.read(`run/systemd/system/${unitOf("/work/with space")}`);
  expect(text).toMatch(/^What=lima-[0-9a-f]{16}$/m);
  expect(text).toMatch(/^Type=9p$/m);
  expect(text).toMatch(/^Options=rw,trans=virtio,version=9p2000.L,msize=131072,cache=mmap$/m);
  expect(text).not.toMatch(/^Where=/m);
  // A newline in a description would be a line of its own.
  expect(await guest.read(`run/systemd/system/${unitOf("/work/new\nline")}`)).toMatch(
    /^Description=\/work\/new line of the host$/m,
  );
});

test("what is made for a mount below the home belongs to the user", async () => {
  await guest.step("attach-mounts");
  const calls = await guest.calls("chown");
  const home = `${guest.root}/home/dev.guest`;
  expect(calls).toContain(`chown ${guest.uid}:${guest.uid} ${home}/projects`);
  expect(calls.some((call) => call.startsWith(`chown ${guest.uid}:${guest.uid} ${home}/projects/deep`))).toBe(
    true,
  );
});

test("a source that cannot be mounted is told, and the others are mounted", async () => {
  const refused = unitOf("/work/with space");
  const { exitCode } = await guest.start("run-steps", ["attach-mounts", "prepare-home"], {
    REFUSED_MOUNTS: refused,
  });
  expect(exitCode).toBe(1);
  const { steps } = await guest.status();
  const step = steps.find(({ name }) => name === "attach-mounts");
  expect(step?.messages).toEqual([
    expect.stringContaining("/work/with space could not be mounted (9p, tag lima-"),
  ]);
  expect((await guest.calls("systemctl")).length).toBe(5);
  expect(steps.find(({ name }) => name === "prepare-home")?.ok).toBe(true);
});

test("a percent sign is no specifier", async () => {
  for (const path of ["mnt/lima-cidata/user-data", "mnt/lima-cidata/lima.env"]) {
    await guest.edit(path, (text) => text.replaceAll("cache=mmap", "cache=%m"));
  }
  await guest.step("read-user-data");
  await guest.step("attach-mounts");
  expect(await guest.read(`run/systemd/system/${unitOf("/work/with space")}`)).toMatch(/cache=%%m$/m);
});

test("the home has both names that Lima has used, and zsh asks nothing at its first start", async () => {
  await guest.step("prepare-home");
  expect(await guest.has("home/dev.linux")).toBe(true);
  expect(await guest.read("home/dev.guest/.zshrc")).toBe("");
});

test("the user has sub-ids for rootless containers, once, and again where they were taken away", async () => {
  await guest.step("grant-sub-ids");
  await guest.step("grant-sub-ids");
  expect(await guest.read("etc/subuid")).toBe("dev:524288:1073741824\n");
  await guest.write("etc/subgid", "other:100000:65536\n");
  await guest.step("grant-sub-ids");
  expect(await guest.read("etc/subgid")).toBe("other:100000:65536\ndev:524288:1073741824\n");
});

test("Rosetta is made known to the kernel and to nix, when lima.yaml asks for it", async () => {
  await guest.write("mnt/lima-rosetta/rosetta", "", 0o755);
  await guest.write("proc/sys/fs/binfmt_misc/register", "");
  await guest.step("enable-rosetta");
  expect(await guest.has("run/lima/nix.conf")).toBe(false);
  await guest.edit("mnt/lima-cidata/lima.env", (text) => text.replace(/(ROSETTA_\w+)=.*/g, "$1=true"));
  await guest.step("enable-rosetta");
  expect(await guest.read("run/lima/nix.conf")).toContain("extra-platforms = x86_64-linux\n");
  expect(await guest.read("proc/sys/fs/binfmt_misc/register")).toMatch(
    /^:rosetta:M::\\x7fELF.*:\/mnt\/lima-rosetta\/rosetta:OCF$/,
  );
});

test("with reverse-sshfs the folders are there for the host to mount on, and it is told", async () => {
  await guest.insert("2.2", "sshfs");
  await guest.step("read-user-data");
  await guest.step("attach-mounts");
  expect(await guest.has("srv/plain mount")).toBe(true);
  await guest.step("prepare-fuse");
  expect(await guest.read("etc/fuse.conf")).toBe("user_allow_other\n");
  expect(await guest.read("run/lima-fuse-ready")).toMatch(/^iid-\d+\n$/);
});
