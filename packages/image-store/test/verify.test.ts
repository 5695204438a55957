import {
  chmodSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

import {
  ImageStoreError,
  installImage,
  listImages,
  showImage,
  verifyImage,
  verifyImages,
  type StoredImage,
} from "../src/index.ts";
import { qcow2, writeImage } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const name = "lima-minimal";

async function storeOfTwo(): Promise<{ directory: string; images: [StoredImage, StoredImage] }> {
  const directory = temporaryDirectory();
  const install = async (file: string) =>
    (await installImage({ directory, name, source: writeImage(join(directory, file)) })).image;
  const older = await install("a");
  const newer = await install("b");
  return { directory, images: [newer, { ...older, latest: false }] };
}

function change(image: StoredImage, changes: object): void {
  const file = `${image.file}.json`;
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...changes }));
}

test("whole images have no problems, with one generation, the latest or all of them", async () => {
  const { directory, images } = await storeOfTwo();
  expect(await verifyImages({ directory, name })).toEqual(
    images.map((image) => ({ image, ok: true, problems: [] })),
  );
  expect(await verifyImage({ directory, name })).toEqual({ image: images[0], ok: true, problems: [] });
  expect(await verifyImage({ directory, name, generation: 1 })).toEqual({
    image: images[1],
    ok: true,
    problems: [],
  });
});

test("a store that is not there has nothing to verify, list or show", async () => {
  const directory = join(temporaryDirectory(), "none");
  expect(await verifyImages({ directory })).toEqual([]);
  expect(await listImages({ directory })).toEqual([]);
  await expect(showImage({ directory, name })).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
});

test("one changed byte is found, with the time of the writing", async () => {
  const { directory, images } = await storeOfTwo();
  const bytes = readFileSync(images[0].file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(images[0].file, bytes);
  const { ok, problems } = await verifyImage({ directory, name });
  expect(ok).toBe(false);
  expect(problems).toEqual([expect.stringMatching(/SHA-256 .* last written to at \d{4}-/)]);
});

test("a missing byte is found, and a missing file", async () => {
  const { directory, images } = await storeOfTwo();
  truncateSync(images[0].file, images[0].bytes - 1);
  rmSync(images[1].file);
  const [newer, older] = await verifyImages({ directory });
  expect(newer?.problems[0]).toContain(`${images[0].bytes - 1} bytes`);
  expect(older?.problems).toEqual([`${images[1].file} does not exist`]);
  await expect(showImage({ directory, name, generation: 1 })).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
  });
  expect(await listImages({ directory })).toHaveLength(1);
});

test("an image that a guest turned into a dangerous one is found", async () => {
  const { directory, images } = await storeOfTwo();
  writeFileSync(images[0].file, qcow2([[8, 8, 112]]));
  expect((await verifyImage({ directory, name })).problems.join()).toContain("backing file");
});

test.each([
  ["damaged", (image: StoredImage) => truncateSync(`${image.file}.json`, 20), "is not JSON"],
  ["huge", (image: StoredImage) => truncateSync(`${image.file}.json`, 5 * 1024 * 1024), "too large"],
  ["of a newer version", (image: StoredImage) => change(image, { schema: 2 }), "schema version 2"],
  [
    "of another file",
    (image: StoredImage) => change(image, { file: "../../etc/passwd" }),
    "names another file",
  ],
  ["of another name", (image: StoredImage) => change(image, { name: "other" }), "does not agree"],
])("a manifest that is %s is named by verify, and missing in the list", async (_, damage, reason) => {
  const { directory, images } = await storeOfTwo();
  damage(images[1]);
  expect(await listImages({ directory })).toEqual([images[0]]);
  const results = await verifyImages({ directory });
  expect(results.map((result) => [result.ok, result.image.file])).toEqual([
    [true, images[0].file],
    [false, images[1].file],
  ]);
  expect(results[1]?.problems[0]).toContain(reason);
  await expect(showImage({ directory, name, generation: 1 })).rejects.toMatchObject({
    code: "MANIFEST_UNREADABLE",
  });
});

test.each([
  ["is missing", () => undefined, "has no latest link"],
  ["dangles", () => "sysinit-lima-minimal-20200101-000000.qcow2", "which is missing"],
  ["leads to another name's image", () => "sysinit-other-20200101-000000.qcow2", "no image of this name"],
  ["leads elsewhere", () => "/etc/hostname", "no image of this name"],
  ["is absolute", (image: StoredImage) => image.file, "absolute path"],
])("a latest link that %s is reported", async (_, target, reason) => {
  const { directory, images } = await storeOfTwo();
  rmSync(images[0].latestLink);
  const to = target(images[0]);
  if (to !== undefined) symlinkSync(to, images[0].latestLink);
  const [newest, older] = await verifyImages({ directory });
  expect(newest?.problems).toEqual([expect.stringContaining(reason)]);
  expect(older?.ok).toBe(true);
  if (reason === "absolute path") return;
  await expect(showImage({ directory, name })).rejects.toMatchObject({ code: "NO_LATEST" });
});

test("a user's file in place of the latest link hides no image", async () => {
  const { directory, images } = await storeOfTwo();
  rmSync(images[0].latestLink);
  writeFileSync(images[0].latestLink, "mine");
  expect((await verifyImages({ directory }))[0]?.problems[0]).toContain("not the symbolic link");
  expect(await listImages({ directory })).toHaveLength(2);
});

test("a store that was moved is still whole", async () => {
  const { directory } = await storeOfTwo();
  const moved = join(temporaryDirectory(), "moved");
  renameSync(directory, moved);
  expect((await verifyImages({ directory: moved })).every((result) => result.ok)).toBe(true);
  expect(basename((await showImage({ directory: moved, name })).file)).toMatch(/^sysinit-lima-minimal-/);
  renameSync(moved, directory);
});

test("what is not in the store is named, with what is", async () => {
  const { directory } = await storeOfTwo();
  await expect(showImage({ directory, name, generation: 9 })).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
    hint: "There are the generations 1, 2.",
  });
  await expect(verifyImage({ directory, name: "other" })).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
  await expect(listImages({ directory, name: "../x" })).rejects.toMatchObject({ code: "BAD_NAME" });
});

test.skipIf(process.getuid?.() === 0)("what cannot be read is named", async () => {
  const { directory, images } = await storeOfTwo();
  chmodSync(images[0].file, 0);
  expect((await verifyImage({ directory, name })).problems).toEqual([
    expect.stringContaining("permission denied"),
  ]);
  chmodSync(`${images[0].file}.json`, 0);
  await expect(listImages({ directory })).rejects.toMatchObject({ code: "IO_FAILED" });
});

test("verifying can be stopped, and tells how far it is", async () => {
  const { directory, images } = await storeOfTwo();
  const done: number[] = [];
  await verifyImage({
    directory,
    name,
    onEvent: (event) => "doneBytes" in event && done.push(event.doneBytes),
  });
  expect(done.at(-1)).toBe(images[0].bytes);
  await expect(verifyImages({ directory, signal: AbortSignal.abort() })).rejects.toSatisfy((error) =>
    ImageStoreError.is(error, "ABORTED"),
  );
});
