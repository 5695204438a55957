import { existsSync, linkSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installImage, removeImage, useImage, verifyImages } from "../src/index.ts";
import { runRemove } from "../src/removal/run-remove.ts";
import { idle, tree, writeImage } from "./images.ts";
import { contents, generationsOf, makeInstance, name, storeWith } from "./store.ts";

test("a generation is removed with its manifest, and the others stay as they are", async () => {
  const { directory, env, images } = await storeWith(3);
  const before = contents(directory);
  const { images: removed, allocatedBytes } = await removeImage({ directory, name, generation: 2, env });
  expect(removed).toEqual([images[1]]);
  expect(allocatedBytes).toBe(images[1]!.allocatedBytes);
  const gone = (path: string) =>
    path.startsWith(images[1]!.file.slice(directory.length + 1).replace(".qcow2", "."));
  const { ".image-store/generations.json": _, ...after } = contents(directory);
  expect(after).toEqual(Object.fromEntries(Object.entries(before).filter(([path]) => !gone(path))));
  const record = readFileSync(join(directory, ".image-store/generations.json"), "utf8");
  expect(JSON.parse(record)).toEqual({ schema: 1, highest: { [name]: 3 } });
  expect((await verifyImages({ directory })).map(({ ok }) => ok)).toEqual([true, true]);
});

test("the number of a removed generation is not used again", async () => {
  const { directory, home, env } = await storeWith(3);
  const install = () => installImage({ directory, name, source: writeImage(join(home, "_source")) });
  await useImage({ directory, name, generation: 1 });
  await removeImage({ directory, name, generation: 3, env });
  expect((await install()).image.generation).toBe(4);
  await removeImage({ directory, name, generation: "all", env });
  expect((await install()).image.generation).toBe(5);
});

test("the current generation is removed only with all of its name", async () => {
  const { directory, env } = await storeWith(2, [name, "other"]);
  await expect(removeImage({ directory, name, generation: 2, env })).rejects.toMatchObject({
    code: "IMAGE_IS_CURRENT",
  });
  const { images } = await removeImage({ directory, name, generation: "all", env });
  expect(images.map((image) => image.generation)).toEqual([2, 1]);
  expect(tree(directory).filter((path) => path.includes(name))).toEqual([]);
  expect(await generationsOf(directory, "other")).toEqual([
    [2, true],
    [1, false],
  ]);
});

test.each([
  [
    "disk is a link to it",
    (home: string, file: string) => {
      rmSync(join(makeInstance(home, "dev"), "disk"));
      symlinkSync(file, join(home, "dev/disk"));
    },
  ],
  [
    "lima.yaml names its path",
    (home: string, file: string) => {
      makeInstance(home, "dev", { yaml: `images:\n- location: "${file}"\n` });
    },
  ],
])("a generation whose %s is never removed, even when references are allowed", async (_, make) => {
  const { directory, env, home, images } = await storeWith(2);
  make(home, images[1]!.file);
  const before = contents(directory);
  for (const generation of [1, "all"] as const) {
    await expect(
      removeImage({ directory, name, generation, allowReferenced: true, env }),
    ).rejects.toMatchObject({
      code: "IMAGE_NEEDED",
      message: expect.stringContaining("instance dev") as string,
    });
  }
  expect(contents(directory)).toEqual(before);
});

test("a generation that only a digest names is removed when that is allowed", async () => {
  const { directory, env, home, images } = await storeWith(2);
  makeInstance(home, "dev", {
    yaml: `images: [{location: /x.qcow2, digest: "sha256:${images[1]!.sha256}"}]\n`,
  });
  await expect(removeImage({ directory, name, generation: 1, env })).rejects.toMatchObject({
    code: "IMAGE_NEEDED",
    hint: expect.stringContaining("allowReferenced") as string,
  });
  await removeImage({ directory, name, generation: 1, allowReferenced: true, env });
  expect(await generationsOf(directory)).toEqual([[2, true]]);
});

test("an instance that is made while its image is being removed keeps it", async () => {
  const { directory, env, home, images } = await storeWith(2);
  const before = contents(directory);
  const attempt = runRemove({ directory, name, generation: 1, env }, (step) => {
    if (step === "set-aside")
      makeInstance(home, "dev", { yaml: `images: [{location: "${images[1]!.file}"}]\n` });
  });
  await expect(attempt).rejects.toMatchObject({ code: "IMAGE_NEEDED" });
  const { ".image-store/generations.json": _, ...after } = contents(directory);
  expect(after).toEqual(before);
});

test("what fails while a generation is removed is taken back", async () => {
  const { directory, env } = await storeWith(2);
  const before = contents(directory);
  const attempt = runRemove({ directory, name, generation: "all", env }, (step) => {
    if (step === "raw-set-aside") throw Object.assign(new Error("EIO"), { code: "EIO" });
  });
  await expect(attempt).rejects.toMatchObject({ code: "IO_FAILED" });
  const { ".image-store/generations.json": _, ...after } = contents(directory);
  expect(after).toEqual(before);
  expect((await generationsOf(directory))[0]).toEqual([2, true]);
});

test("an image that is installed under two names is two images: one goes, the other stays", async () => {
  const { directory, env, home } = await storeWith(0);
  const source = writeImage(join(home, "_source"));
  await installImage({ directory, name, source });
  const other = (await installImage({ directory, name: "other", source })).image;
  await removeImage({ directory, name, generation: "all", env });
  expect(readFileSync(other.file).equals(readFileSync(source))).toBe(true);
  expect((await verifyImages({ directory })).map(({ ok }) => ok)).toEqual([true]);
});

test("an image with another name outside the store is not removed", async () => {
  const { directory, env, home, images } = await storeWith(2);
  linkSync(images[1]!.file, join(home, "_mine.qcow2"));
  await expect(removeImage({ directory, name, generation: 1, env })).rejects.toMatchObject({
    code: "IMAGE_NEEDED",
  });
});

test("a dry run tells what would be removed, and changes nothing", async () => {
  const { directory, env, images } = await storeWith(2);
  const before = [contents(directory), tree(directory)];
  const { images: removed } = await removeImage({ directory, name, generation: "all", env, dryRun: true });
  expect(removed).toEqual(images);
  expect([contents(directory), tree(directory)]).toEqual(before);
});

test.each([
  [{ name, generation: 9 }, "IMAGE_NOT_FOUND"],
  [{ name: "other", generation: "all" as const }, "IMAGE_NOT_FOUND"],
  [{ name: "..", generation: "all" as const }, "BAD_NAME"],
])("what is not there cannot be removed: %j", async (wrong, code) => {
  const { directory, env } = await storeWith(1);
  const before = contents(directory);
  await expect(removeImage({ directory, env, ...wrong })).rejects.toMatchObject({
    code,
  });
  expect(contents(directory)).toEqual(before);
  const missing = { directory: join(directory, "none"), name, generation: "all" as const, env };
  await expect(removeImage(missing)).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
  expect(existsSync(missing.directory)).toBe(false);
});

test("the user's own files with names of the store stay", async () => {
  const { directory, env } = await storeWith(1);
  const mine = join(directory, `sysinit-${name}-20200101-000000.qcow2`);
  writeFileSync(mine, "mine");
  await removeImage({ directory, name, generation: "all", env });
  expect(tree(directory)).toEqual(
    [...idle, ".image-store/generations.json", mine.slice(directory.length + 1)].sort(),
  );
});
