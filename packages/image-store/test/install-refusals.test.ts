import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";

import {
  ImageStoreError,
  installImage,
  listImages,
  type ImageStoreErrorCode,
  type InstallOptions,
} from "../src/index.ts";
import { runInstall } from "../src/publish/run-install.ts";
import type { InstallStep } from "../src/publish/steps.ts";
import { idle, qcow2, rawDisk, tree, writeImage } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const name = "lima-minimal";
const asRoot = process.getuid?.() === 0;

async function refusal(attempt: Promise<unknown>, code: ImageStoreErrorCode): Promise<ImageStoreError> {
  const error = await attempt.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  expect(error).toSatisfy(ImageStoreError.is);
  const refused = error as ImageStoreError;
  expect([refused.code, refused.message]).toEqual([code, refused.message]);
  expect(refused.message).not.toContain("\n");
  return refused;
}

/** Installs into a store that is not there yet, and checks that it is not there afterwards either. */
async function refusedUntouched(
  options: Partial<InstallOptions>,
  code: ImageStoreErrorCode,
): Promise<ImageStoreError> {
  const directory = join(temporaryDirectory(), "_images");
  const source = writeImage(join(directory, "../good.qcow2"));
  const error = await refusal(installImage({ directory, name, source, ...options }), code);
  expect(tree(join(directory, ".."))).toEqual(["good.qcow2"]);
  return error;
}

test.each([
  "",
  "-x",
  ".x",
  "_x",
  "../x",
  "a/b",
  "a b",
  "a\nb",
  "Lima",
  "ü",
  "🙂",
  "x".repeat(65),
  "latest",
  "x-latest",
  "x-20261123-070637",
  "x-20261123-070637-2",
])("the name %j is refused, and nothing is made", async (bad) => {
  await refusedUntouched({ name: bad }, "BAD_NAME");
});

test("what is no file is refused without waiting, and said to be what it is", async () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, "directory"));
  execFileSync("mkfifo", [join(home, "fifo")]);
  symlinkSync(writeImage(join(home, "real.qcow2")), join(home, "link"));
  symlinkSync("nowhere", join(home, "dangling"));
  const server = createServer().listen(join(home, "socket"));
  try {
    for (const [path, kind] of [
      ["directory", "directory"],
      ["fifo", "FIFO"],
      ["link", "symbolic link"],
      ["dangling", "symbolic link"],
      ["socket", "socket"],
    ] as const) {
      const error = await refusedUntouched({ source: join(home, path) }, "SOURCE_NOT_A_FILE");
      expect(error.message).toContain(`is a ${kind}`);
      if (path === "link") expect(error.hint).toContain(join(home, "real.qcow2"));
    }
    await refusedUntouched({ source: "/dev/null" }, "SOURCE_NOT_A_FILE");
  } finally {
    server.close();
  }
});

test("a source that is not there or cannot be read is refused", async () => {
  const home = temporaryDirectory();
  await refusedUntouched({ source: join(home, "missing") }, "SOURCE_NOT_FOUND");
  await refusedUntouched({ source: join(writeImage(join(home, "a")), "b") }, "SOURCE_NOT_FOUND");
  chmodSync(join(home, "a"), 0);
  if (!asRoot) await refusedUntouched({ source: join(home, "a") }, "SOURCE_UNREADABLE");
});

test("what is no image, or one that must not be trusted, is refused", async () => {
  const home = temporaryDirectory();
  const source = join(home, "a.qcow2");
  writeFileSync(source, "");
  expect((await refusedUntouched({ source }, "NOT_AN_IMAGE")).message).toContain("is empty");
  writeFileSync(source, "Hello, world\n");
  await refusedUntouched({ source }, "NOT_AN_IMAGE");
  writeFileSync(source, qcow2([[8, 8, 112]]));
  expect((await refusedUntouched({ source }, "UNSAFE_IMAGE")).message).toContain("backing file");
  writeFileSync(source, qcow2());
  expect((await refusedUntouched({ source, format: "raw" }, "NOT_AN_IMAGE")).message).toContain("is qcow2");
});

test.each([
  ["file", (path: string) => writeFileSync(path, "the user's own image")],
  ["directory", (path: string) => mkdirSync(path)],
])("a %s of the user's in place of the latest link is left alone, with advice", async (kind, make) => {
  const directory = temporaryDirectory();
  const latest = join(directory, "sysinit-lima-minimal-latest.qcow2");
  make(latest);
  const source = writeImage(join(directory, "a"));
  const before = tree(directory);
  const error = await refusal(installImage({ directory, name, source }), "LATEST_NOT_A_LINK");
  expect(error.message).toContain(`${latest} is a ${kind}`);
  expect(error.hint).toContain("move it");
  expect(tree(directory)).toEqual([...idle, ...before].sort());
  if (kind === "file") expect(readFileSync(latest, "utf8")).toBe("the user's own image");
});

test.skipIf(asRoot)("a directory that cannot be written is named", async () => {
  const home = temporaryDirectory();
  const source = writeImage(join(home, "a"));
  const directory = join(home, "_images");
  mkdirSync(directory, { mode: 0o500 });
  const error = await refusal(installImage({ directory, name, source }), "DIRECTORY_NOT_WRITABLE");
  expect(error.message).toContain(directory);
  await refusal(
    installImage({ directory: join(directory, "below"), name, source }),
    "DIRECTORY_NOT_WRITABLE",
  );
  await refusal(installImage({ directory: source, name, source }), "DIRECTORY_NOT_WRITABLE");
  expect(tree(home)).toEqual(["_images", "a"]);
});

test("a directory that everybody can write, or that is another user's, is not used", async () => {
  const home = temporaryDirectory();
  const source = writeImage(join(home, "a"));
  const directory = join(home, "_images");
  mkdirSync(directory);
  chmodSync(directory, 0o777);
  const error = await refusal(installImage({ directory, name, source }), "DIRECTORY_UNSAFE");
  expect(error.hint).toContain("chmod o-w");
  if (!asRoot) await refusal(installImage({ directory: "/usr", name, source }), "DIRECTORY_UNSAFE");
  expect(tree(directory)).toEqual([]);
});

test("a link planted where the store works is not followed", async () => {
  const home = temporaryDirectory();
  const source = writeImage(join(home, "a"));
  mkdirSync(join(home, "precious"));
  mkdirSync(join(home, "_images/.image-store"), { recursive: true });
  symlinkSync(join(home, "precious"), join(home, "_images/.image-store/tmp"));
  await refusal(installImage({ directory: join(home, "_images"), name, source }), "DIRECTORY_UNSAFE");
  expect(tree(join(home, "precious"))).toEqual([]);
});

test.each([
  ["written to", (source: string) => writeFileSync(source, "x", { flag: "a" })],
  ["replaced", (source: string) => renameSync(writeImage(`${source}.new`), source)],
  ["removed", (source: string) => renameSync(source, `${source}.gone`)],
])("an image that is %s while it is copied is noticed", async (how, change) => {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  const source = writeImage(join(home, "a"), 9 * 1024 * 1024);
  let changed = false;
  const onEvent = () => {
    if (!changed) change(source);
    changed = true;
  };
  const error = await refusal(installImage({ directory, name, source, onEvent }), "SOURCE_CHANGED");
  if (how !== "written to") expect(error.message).toContain(how);
  expect(tree(directory)).toEqual(idle);
});

test("an image that became shorter while it is copied is noticed", async () => {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  const source = writeImage(join(home, "a"), 20 * 1024 * 1024);
  const onEvent = () => writeFileSync(source, qcow2());
  await refusal(installImage({ directory, name, source, onEvent }), "SOURCE_CHANGED");
  expect(tree(directory)).toEqual(idle);
});

test("a signal ends the copy, and leaves neither file nor lock", async () => {
  const directory = temporaryDirectory();
  const home = temporaryDirectory();
  const source = writeImage(join(home, "a"), 20 * 1024 * 1024);
  const stop = new AbortController();
  const onEvent = () => stop.abort(new Error("Ctrl-C"));
  const error = await refusal(
    installImage({ directory, name, source, signal: stop.signal, onEvent }),
    "ABORTED",
  );
  expect(error.cause).toBe(stop.signal.reason);
  expect(tree(directory)).toEqual(idle);
  await refusal(installImage({ directory, name, source, signal: AbortSignal.abort() }), "ABORTED");
});

test.each<InstallStep>(["linked", "recorded"])("what fails after the step %s is taken back", async (step) => {
  const directory = temporaryDirectory();
  const home = temporaryDirectory();
  const { image } = await installImage({ directory, name, source: writeImage(join(home, "a")) });
  const before = tree(directory);
  const failing = (at: InstallStep) => {
    if (at === step) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  };
  const attempt = runInstall({ directory, name, source: writeImage(join(home, "b")) }, failing);
  await refusal(attempt, "DISK_FULL");
  expect(tree(directory)).toEqual(before);
  expect(await listImages({ directory })).toEqual([image]);
});

test("a store that another process keeps locked is reported with the process", async () => {
  const directory = temporaryDirectory();
  const source = writeImage(join(directory, "a"));
  await runInstall({ directory, name, source }, async (step) => {
    if (step !== "locked") return;
    const waits: unknown[] = [];
    const other = installImage({
      directory,
      name,
      source,
      lockTimeoutMs: 200,
      onEvent: (event) => waits.push(event),
    });
    expect((await refusal(other, "LOCKED")).message).toContain(`process ${process.pid}`);
    expect(waits).toEqual([
      { type: "waiting-for-lock", atMs: expect.any(Number) as number, holderPid: process.pid },
    ]);
  });
});

test("a signal ends the waiting for another process", async () => {
  const directory = temporaryDirectory();
  const source = writeImage(join(directory, "a"));
  await runInstall({ directory, name, source }, async (step) => {
    if (step !== "locked") return;
    const stop = new AbortController();
    const onEvent = () => stop.abort();
    await refusal(installImage({ directory, name, source, signal: stop.signal, onEvent }), "ABORTED");
  });
  expect(await listImages({ directory })).toHaveLength(1);
});

test("a raw disk that is really an ISO image is refused", async () => {
  const home = temporaryDirectory();
  const disk = rawDisk();
  disk.write("CD001", 32769);
  writeFileSync(join(home, "a"), disk);
  const error = await refusedUntouched({ source: join(home, "a") }, "NOT_AN_IMAGE");
  expect(error.details).toMatchObject({ foundFormat: "ISO 9660" });
});

test("provenance that is not what it should be is the caller's mistake, and changes nothing", async () => {
  const directory = join(temporaryDirectory(), "_images");
  const source = writeImage(join(directory, "../a"));
  const provenance = { outPath: 7 } as unknown as { outPath: string };
  await expect(installImage({ directory, name, source, provenance })).rejects.toThrow(/^provenance.outPath/);
  expect(tree(join(directory, ".."))).toEqual(["a"]);
});
