import { randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installImage, listImages, showImage, verifyImages, type StoreEvent } from "../src/index.ts";
import { idle, rawDisk, sha256Of, tree, writeImage } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const now = new Date("2026-11-23T07:06:37.123Z");
const name = "lima-minimal";
const first = "sysinit-lima-minimal-20261123-070637.qcow2";

test("an image is stored under the names of the requirements, with manifest, digest and latest link", async () => {
  const home = temporaryDirectory();
  const source = writeImage(join(home, "nixos.img"));
  chmodSync(source, 0o444);
  const directory = join(home, ".lima/_images");
  const provenance = {
    installable: ".#lima-minimal",
    flake: { url: "git+file:///flake", dirtyRevision: "abc-dirty" },
  };
  const { image, outcome } = await installImage({ directory, name, source, provenance, now });

  expect(outcome).toBe("installed");
  expect(image).toEqual({
    name,
    generation: 1,
    file: join(directory, first),
    format: "qcow2",
    bytes: statSync(source).size,
    allocatedBytes: statSync(image.file).blocks * 512,
    virtualBytes: 16 * 1024 * 1024,
    sha256: sha256Of(source),
    installedAt: now.toISOString(),
    latest: true,
    latestLink: join(directory, "sysinit-lima-minimal-latest.qcow2"),
    provenance,
  });
  expect(tree(directory)).toEqual([...idle, first, `${first}.json`, "sysinit-lima-minimal-latest.qcow2"]);
  expect(readlinkSync(image.latestLink)).toBe(first);
  expect(sha256Of(image.latestLink)).toBe(image.sha256);
  expect(statSync(image.file).mode & 0o777).toBe(0o644);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(JSON.parse(readFileSync(`${image.file}.json`, "utf8"))).toMatchObject({
    schema: 1,
    generation: 1,
    sha256: image.sha256,
  });
  expect(await showImage({ directory, name })).toEqual(image);
  expect(await verifyImages({ directory })).toEqual([{ image, ok: true, problems: [] }]);
});

test("the same image again changes nothing", async () => {
  const home = temporaryDirectory();
  const source = writeImage(join(home, "a.qcow2"));
  const { image } = await installImage({ directory: home, name, source, now });
  const before = tree(home);
  const copy = join(home, "b.qcow2");
  copyFileSync(source, copy);
  expect(await installImage({ directory: home, name, source: copy })).toEqual({
    image,
    outcome: "unchanged",
  });
  expect(await installImage({ directory: home, name, source: image.file })).toEqual({
    image,
    outcome: "unchanged",
  });
  expect(tree(home)).toEqual([...before, "b.qcow2"].sort());
});

test("another image becomes the next generation, an older one again the one after that", async () => {
  const directory = temporaryDirectory();
  const [a, b] = [writeImage(join(directory, "a")), writeImage(join(directory, "b"))];
  for (const source of [a, b, a]) await installImage({ directory, name, source, now });
  const images = await listImages({ directory, name });
  expect(images.map((image) => [image.generation, image.latest, image.sha256])).toEqual([
    [3, true, sha256Of(a)],
    [2, false, sha256Of(b)],
    [1, false, sha256Of(a)],
  ]);
  // All in one second.
  expect(images.map((image) => image.file.slice(-8))).toEqual(["-3.qcow2", "-2.qcow2", "37.qcow2"]);
});

test("generations are ordered by number also when the clock goes back", async () => {
  const directory = temporaryDirectory();
  for (const year of ["2026", "1970", "2099", "2025"]) {
    const source = writeImage(join(directory, "a"));
    await installImage({ directory, name, source, now: new Date(`${year}-01-01T00:00:00Z`) });
  }
  expect((await listImages({ directory })).map((image) => image.installedAt.slice(0, 4))).toEqual([
    "2025",
    "2099",
    "1970",
    "2026",
  ]);
  expect((await showImage({ directory, name })).generation).toBe(4);
});

test("a generation number is not used again, even when its image is gone or its manifest unreadable", async () => {
  const directory = temporaryDirectory();
  const install = () => installImage({ directory, name, source: writeImage(join(directory, "a")) });
  await install();
  const { image } = await install();
  const manifest = JSON.parse(readFileSync(`${image.file}.json`, "utf8")) as object;
  writeFileSync(`${image.file}.json`, JSON.stringify({ ...manifest, schema: 2, generation: 7 }));
  expect((await install()).image.generation).toBe(8);
});

test("images of several names stand beside each other, also when one name begins like the other", async () => {
  const directory = temporaryDirectory();
  for (const each of ["lima", "lima-minimal", "lima-minimal-2"]) {
    await installImage({ directory, name: each, source: writeImage(join(directory, "a")) });
  }
  expect((await listImages({ directory })).map((image) => image.name)).toEqual([
    "lima",
    "lima-minimal",
    "lima-minimal-2",
  ]);
  expect(await listImages({ directory, name: "lima" })).toHaveLength(1);
});

test("a raw disk keeps its holes and gets the name of its format", async () => {
  const directory = temporaryDirectory();
  const source = join(directory, "disk.qcow2");
  writeFileSync(source, Buffer.concat([rawDisk(512), randomBytes(200_000)]));
  truncateSync(source, 64 * 1024 * 1024);
  const { image } = await installImage({ directory, name, source, now });
  expect(image).toMatchObject({
    format: "raw",
    bytes: 64 * 1024 * 1024,
    virtualBytes: 64 * 1024 * 1024,
    sha256: sha256Of(source),
  });
  expect(image.file).toMatch(/070637\.raw$/);
  expect(image.latestLink).toMatch(/-latest\.raw$/);
  expect(sha256Of(image.file)).toBe(image.sha256);
  expect(image.allocatedBytes).toBeLessThan(1024 * 1024);
});

test("when the format changes there is still one latest link", async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "raw"), rawDisk());
  await installImage({ directory, name, source: writeImage(join(directory, "a")) });
  const { image } = await installImage({ directory, name, source: join(directory, "raw") });
  expect(await showImage({ directory, name })).toEqual(image);
  expect(tree(directory).filter((file) => file.includes("latest"))).toEqual([
    "sysinit-lima-minimal-latest.raw",
  ]);
});

test("a raw disk without a partition table is stored when the caller says that it is one", async () => {
  const directory = temporaryDirectory();
  const source = join(directory, "disk");
  writeFileSync(source, Buffer.alloc(4096, 7));
  const { image } = await installImage({ directory, name, source, format: "raw" });
  expect(image.format).toBe("raw");
  expect(await verifyImages({ directory })).toEqual([{ image, ok: true, problems: [] }]);
});

test("a latest link that dangles, is absolute or leads away is put right by the next install", async () => {
  const directory = temporaryDirectory();
  const link = join(directory, "sysinit-lima-minimal-latest.qcow2");
  for (const target of ["missing.qcow2", join(directory, first), "/etc/hostname"]) {
    symlinkSync(target, `${link}.new`);
    renameSync(`${link}.new`, link);
    const { image } = await installImage({ directory, name, source: writeImage(join(directory, "a")), now });
    expect(readlinkSync(link)).toBe(image.file.slice(directory.length + 1));
  }
});

test("an image that was damaged in the store does not count as the same", async () => {
  const directory = temporaryDirectory();
  const source = writeImage(join(directory, "a"));
  const { image } = await installImage({ directory, name, source, now });
  const bytes = readFileSync(image.file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  writeFileSync(image.file, bytes);
  expect(await installImage({ directory, name, source, now })).toMatchObject({
    outcome: "installed",
    image: { generation: 2 },
  });
});

test("an image whose time changed but not its content still counts as the same", async () => {
  const directory = temporaryDirectory();
  const source = writeImage(join(directory, "a"));
  const { image } = await installImage({ directory, name, source });
  utimesSync(image.file, 1, 1);
  expect((await installImage({ directory, name, source })).outcome).toBe("unchanged");
});

test("a file of the user's with the name that we would take stays, and is not listed", async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, first), "mine");
  symlinkSync("elsewhere", join(directory, "sysinit-lima-minimal-20261123-070637-2.qcow2"));
  writeFileSync(join(directory, "sysinit-lima-minimal-20261123-070637-3.qcow2.json"), "mine");
  const { image } = await installImage({ directory, name, source: writeImage(join(directory, "a")), now });
  expect(image.file).toMatch(/-4\.qcow2$/);
  expect(readFileSync(join(directory, first), "utf8")).toBe("mine");
  expect(lstatSync(join(directory, "sysinit-lima-minimal-20261123-070637-2.qcow2")).isSymbolicLink()).toBe(
    true,
  );
  expect(await listImages({ directory })).toEqual([image]);
});

test("the events tell the copy to its end, and what was published", async () => {
  const directory = temporaryDirectory();
  const source = writeImage(join(directory, "a"), 9 * 1024 * 1024);
  const events: StoreEvent[] = [];
  const { image } = await installImage({ directory, name, source, onEvent: (event) => events.push(event) });
  const copies = events.filter((event) => event.type === "copy");
  expect(copies.at(-1)).toMatchObject({ doneBytes: image.bytes, totalBytes: image.bytes });
  expect(events.at(-1)).toMatchObject({ type: "published", file: image.file });
  const times = events.map((event) => event.atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test("an image of the same size is read once, when it differs in what is looked at first", async () => {
  const directory = temporaryDirectory();
  const types = new Set<string>();
  const onEvent = ({ type }: StoreEvent) => types.add(type);
  for (const content of ["a", "b"]) {
    writeFileSync(join(directory, content), Buffer.concat([rawDisk(), Buffer.alloc(1024 * 1024, content)]));
    await installImage({ directory, name, source: join(directory, content), onEvent });
  }
  expect([...types].sort()).toEqual(["copy", "published"]);
});

test("an image of the same size that differs elsewhere is another one", async () => {
  const directory = temporaryDirectory();
  const disk = rawDisk(16 * 1024 * 1024);
  writeFileSync(join(directory, "a"), disk);
  await installImage({ directory, name, source: join(directory, "a") });
  disk[200_000] = 1;
  writeFileSync(join(directory, "a"), disk);
  const { image, outcome } = await installImage({ directory, name, source: join(directory, "a") });
  expect([outcome, image.generation, image.sha256]).toEqual(["installed", 2, sha256Of(join(directory, "a"))]);
});

test("the umask does not change who may read an image", async () => {
  const directory = temporaryDirectory();
  const before = process.umask(0o077);
  try {
    const { image } = await installImage({ directory, name, source: writeImage(join(directory, "a")) });
    expect(statSync(image.file).mode & 0o777).toBe(0o644);
  } finally {
    process.umask(before);
  }
});
