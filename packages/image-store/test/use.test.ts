import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

import { installImage, rollbackImage, showImage, useImage } from "../src/index.ts";
import { sha256Of, tree, writeImage } from "./images.ts";
import { contents, generationsOf, name, storeWith } from "./store.ts";

test("using a generation leads the latest link to it, and says which one it led to", async () => {
  const { directory, images } = await storeWith(3);
  const { image, previous, outcome } = await useImage({ directory, name, generation: 1 });
  expect([image.generation, image.latest, previous?.generation, outcome]).toEqual([1, true, 3, "used"]);
  expect(readlinkSync(image.latestLink)).toBe(basename(images[2]!.file));
  expect(sha256Of(image.latestLink)).toBe(images[2]!.sha256);
  expect(await generationsOf(directory)).toEqual([
    [3, false],
    [2, false],
    [1, true],
  ]);
  expect(await showImage({ directory, name })).toEqual(image);
});

test("using the current generation changes nothing", async () => {
  const { directory } = await storeWith(2);
  const before = contents(directory);
  expect(await useImage({ directory, name, generation: 2 })).toMatchObject({
    outcome: "unchanged",
    image: { generation: 2 },
    previous: { generation: 2 },
  });
  expect(contents(directory)).toEqual(before);
});

test("rollback goes back one generation at a time, by number, until there is none before", async () => {
  const { directory } = await storeWith(3);
  expect((await rollbackImage({ directory, name })).image.generation).toBe(2);
  expect((await rollbackImage({ directory, name })).image.generation).toBe(1);
  const before = contents(directory);
  await expect(rollbackImage({ directory, name })).rejects.toMatchObject({
    code: "NO_OLDER_GENERATION",
    details: { generation: 1, generations: [3, 2, 1] },
  });
  expect(contents(directory)).toEqual(before);
});

test("rollback passes over a generation whose image is missing", async () => {
  const { directory, images } = await storeWith(3);
  rmSync(images[1]!.file);
  expect((await rollbackImage({ directory, name })).image.generation).toBe(1);
});

test("the next install after a rollback is a new generation, and the current one", async () => {
  const { directory, home } = await storeWith(3);
  await rollbackImage({ directory, name });
  const { image } = await installImage({ directory, name, source: writeImage(join(home, "_source")) });
  expect([image.generation, image.latest]).toEqual([4, true]);
});

test("a generation that was damaged is not used, unless the caller does not want to know", async () => {
  const { directory, images } = await storeWith(2);
  const bytes = readFileSync(images[1]!.file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(images[1]!.file, bytes);
  const before = contents(directory);
  for (const attempt of [
    () => useImage({ directory, name, generation: 1 }),
    () => rollbackImage({ directory, name }),
    () => useImage({ directory, name, generation: 1, dryRun: true }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "IMAGE_DAMAGED", details: { generation: 1 } });
  }
  expect(contents(directory)).toEqual(before);
  expect((await useImage({ directory, name, generation: 1, verify: false })).outcome).toBe("used");
});

test.each([
  ["a generation that is not there", { generation: 7 }, "IMAGE_NOT_FOUND"],
  ["a name that is not there", { name: "other" }, "IMAGE_NOT_FOUND"],
  ["a name that cannot be", { name: "../x" }, "BAD_NAME"],
])("%s is refused, and nothing changes", async (_, wrong, code) => {
  const { directory } = await storeWith(1);
  const before = contents(directory);
  await expect(useImage({ directory, name, generation: 1, ...wrong })).rejects.toMatchObject({ code });
  expect(contents(directory)).toEqual(before);
});

test("a store that is not there is not made by asking for an image of it", async () => {
  const { home } = await storeWith(0);
  const directory = join(home, "none");
  await expect(useImage({ directory, name, generation: 1 })).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
  });
  await expect(rollbackImage({ directory, name })).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
  expect(existsSync(directory)).toBe(false);
});

test("a dry run tells what would be used, and changes nothing", async () => {
  const { directory } = await storeWith(2);
  const before = [contents(directory), tree(directory)];
  expect(await rollbackImage({ directory, name, dryRun: true })).toMatchObject({
    outcome: "used",
    image: { generation: 1, latest: true },
    previous: { generation: 2 },
  });
  expect([contents(directory), tree(directory)]).toEqual(before);
  expect(await generationsOf(directory)).toEqual([
    [2, true],
    [1, false],
  ]);
});

test("a directory of the user's in place of the latest link is left alone", async () => {
  const { directory, images } = await storeWith(2);
  renameSync(images[0]!.latestLink, join(directory, "moved"));
  mkdirSync(images[0]!.latestLink);
  await expect(useImage({ directory, name, generation: 1 })).rejects.toMatchObject({
    code: "LATEST_NOT_A_LINK",
  });
  expect(tree(images[0]!.latestLink)).toEqual([]);
});

test("a latest link that leads nowhere is put right by using a generation, but cannot be rolled back", async () => {
  const { directory, images } = await storeWith(2);
  rmSync(images[0]!.latestLink);
  await expect(rollbackImage({ directory, name })).rejects.toMatchObject({ code: "NO_LATEST" });
  const { previous, outcome } = await useImage({ directory, name, generation: 2 });
  expect([previous, outcome]).toEqual([undefined, "used"]);
});

test("a signal ends the reading, and nothing changes", async () => {
  const { directory, home } = await storeWith(0);
  for (let generation = 1; generation <= 2; generation++)
    await installImage({ directory, name, source: writeImage(join(home, "_source"), 20 * 1024 * 1024) });
  const before = contents(directory);
  const stop = new AbortController();
  const onEvent = () => stop.abort();
  const attempt = useImage({ directory, name, generation: 1, signal: stop.signal, onEvent });
  await expect(attempt).rejects.toMatchObject({ code: "ABORTED" });
  expect(contents(directory)).toEqual(before);
});
