import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

import type { ExecOptions } from "@sysinit/lima-control";

import type { RunningSubject } from "./running-subject.ts";

/** What goes in and out of a running VM as files. */
export function fileContract(subject: () => RunningSubject): void {
  const vm = () => subject().vm;
  const inGuest = (name: string) => `${subject().guestDirectory}/${name}`;
  const onHost = (name: string) => join(subject().hostDirectory, name);
  const outputOf = async (argv: readonly string[], options?: ExecOptions) =>
    (await vm().exec(argv, options)).stdout;

  test("a file is written as it is, with its mode, in place of the one that was there, and read back", async () => {
    const path = inGuest("it's a \\ 'file'\n");
    const bytes = randomBytes(300_000);
    await vm().writeFile(path, "the old one");
    await vm().writeFile(path, bytes, { mode: 0o640 });
    expect(Buffer.from(await vm().readFile(path)).equals(bytes)).toBe(true);
    expect(await outputOf(["stat", "-c", "%a", "--", path])).toBe("640\n");
    await vm().writeFile(path, "", { user: "root" });
    expect(await vm().readFile(path)).toHaveLength(0);
    const longest = inGuest("n".repeat(255));
    await vm().writeFile(longest, "x");
    expect(String(await vm().readFile(longest))).toBe("x");
  });

  test("a file that is not there, one that is too large, and a place that takes none are told", async () => {
    await expect(vm().readFile("/no/such")).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    await expect(vm().readFile("/usr")).rejects.toMatchObject({ code: "FILE_FAILED" });
    await expect(vm().readFile("/dev/zero", { maxBytes: 1000 })).rejects.toMatchObject({
      code: "FILE_FAILED",
    });
    await expect(vm().writeFile("/no/such/file", "x")).rejects.toMatchObject({ code: "FILE_FAILED" });
    await expect(vm().writeFile("/usr", "x")).rejects.toMatchObject({
      code: "FILE_FAILED",
      message: expect.stringContaining("is a directory"),
    });
    await expect(vm().readFile("relative")).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  });

  test("a file is copied in and out with its bytes and its mode", async () => {
    const bytes = randomBytes(5_000_000);
    await writeFile(onHost("source: a 'file'"), bytes);
    await chmod(onHost("source: a 'file'"), 0o755);
    await vm().copyIn(onHost("source: a 'file'"), inGuest("copy: a 'file'"));
    await vm().copyOut(inGuest("copy: a 'file'"), onHost("back"));
    expect((await readFile(onHost("back"))).equals(bytes)).toBe(true);
    expect((await stat(onHost("back"))).mode & 0o777).toBe(0o755);
    await writeFile(onHost("empty"), "");
    await vm().copyIn(onHost("empty"), inGuest("empty"));
    await vm().copyOut(inGuest("empty"), onHost("back"));
    expect(await readFile(onHost("back"))).toHaveLength(0);
  });

  test("a directory is copied in and out with what is in it, and none is written into another", async () => {
    const tree = onHost("tree");
    await mkdir(join(tree, "a b/c"), { recursive: true });
    await writeFile(join(tree, "a b/c/file"), "content");
    await writeFile(join(tree, ".hidden"), "");
    await chmod(join(tree, "a b/c/file"), 0o755);
    await symlink("a b/c/file", join(tree, "link"));
    await vm().copyIn(tree, inGuest("tree copy"));
    await vm().copyOut(inGuest("tree copy"), onHost("tree back"));
    expect((await readdir(onHost("tree back"), { recursive: true })).sort()).toEqual(
      (await readdir(tree, { recursive: true })).sort(),
    );
    expect(await readFile(join(onHost("tree back"), "link"), "utf8")).toBe("content");

    expect((await stat(join(onHost("tree back"), "link"))).mode & 0o777).toBe(0o755);

    await expect(vm().copyIn(tree, inGuest("tree copy"))).rejects.toMatchObject({ code: "FILE_FAILED" });
    await expect(vm().copyOut(inGuest("tree copy"), tree)).rejects.toMatchObject({ code: "FILE_FAILED" });
    const leftovers = (await outputOf(["ls", "-A", subject().guestDirectory])).match(/\.sysinit.*/);
    expect(leftovers).toBeNull();
    expect((await readdir(subject().hostDirectory)).filter((name) => name.startsWith(".sysinit"))).toEqual(
      [],
    );
  });

  test("a directory with a file that may not be read is not copied, and it is told why", async () => {
    const why = { code: "FILE_FAILED", message: expect.stringMatching(/secret.*Permission denied/) };
    const tree = onHost("unreadable");
    await mkdir(tree);
    await writeFile(join(tree, "secret"), "", { mode: 0 });
    await expect(vm().copyIn(tree, inGuest("unreadable"))).rejects.toMatchObject(why);
    await vm().exec([
      "sh",
      "-c",
      'mkdir "$1"; touch "$1/secret"; chmod 0 "$1/secret"',
      "sh",
      inGuest("mine"),
    ]);
    await expect(vm().copyOut(inGuest("mine"), onHost("mine"))).rejects.toMatchObject(why);
    expect(await readdir(subject().hostDirectory)).not.toContain("mine");
  });

  test("what is not there to be copied is told, and nothing is left of the copy", async () => {
    await expect(vm().copyIn(onHost("no such"), inGuest("x"))).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
    });
    await expect(vm().copyOut("/no/such", onHost("x"))).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    await expect(vm().copyOut("/dev/null", onHost("x"))).rejects.toMatchObject({ code: "FILE_FAILED" });
    await expect(vm().copyIn(onHost("tree"), "/no/such/tree")).rejects.toMatchObject({ code: "FILE_FAILED" });
    expect(await readdir(subject().hostDirectory)).not.toContain("x");
  });
}
