import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

import { adoptImage, listImages, removeImage, verifyImages } from "../src/index.ts";
import { qcow2, rawDisk, sha256Of, tree, writeImage } from "./images.ts";
import { contents, generationsOf, name, storeWith } from "./store.ts";

const stamp = "20260101-120000";

/** A store, and an image in it that a script with cp and ln made. */
async function storeWithForeignImage(generations = 0) {
  const store = await storeWith(generations);
  const file = writeImage(join(store.directory, `sysinit-${name}-${stamp}.qcow2`));
  return { ...store, file };
}

test("an image that a script put there becomes one of the store, where it is", async () => {
  const { directory, file } = await storeWithForeignImage();
  chmodSync(file, 0o444);
  symlinkSync(file, join(directory, `sysinit-${name}-latest.qcow2`));
  const { ino } = statSync(file);
  const provenance = {
    drvPath: "/nix/store/x.drv",
    narHash: "sha256-x",
    flake: { url: ".", revision: "abc" },
  };
  const { image, outcome } = await adoptImage({ directory, file, provenance });
  expect(outcome).toBe("adopted");
  expect(image).toMatchObject({
    name,
    generation: 1,
    file,
    sha256: sha256Of(file),
    latest: true,
    provenance,
  });
  expect([statSync(file).ino, statSync(file).mode & 0o777]).toEqual([ino, 0o644]);
  // The link of the script was absolute.
  expect(readlinkSync(image.latestLink)).toBe(basename(file));
  expect(await verifyImages({ directory })).toEqual([{ image, ok: true, problems: [] }]);
});

test("it becomes the next generation, and leaves the current one current", async () => {
  const { directory, file } = await storeWithForeignImage(2);
  expect((await adoptImage({ directory, file })).image).toMatchObject({ generation: 3, latest: false });
  expect(await generationsOf(directory)).toEqual([
    [3, false],
    [2, true],
    [1, false],
  ]);
});

test("adopting again changes nothing", async () => {
  const { directory, file } = await storeWithForeignImage();
  const { image } = await adoptImage({ directory, file });
  const before = contents(directory);
  expect(await adoptImage({ directory, file })).toEqual({ image, outcome: "unchanged" });
  expect(await adoptImage({ directory, file, dryRun: true })).toEqual({ image, outcome: "unchanged" });
  expect(contents(directory)).toEqual(before);
});

test("a dry run tells what it would become, and changes nothing", async () => {
  const { directory, file } = await storeWithForeignImage();
  const before = [contents(directory), tree(directory)];
  const { image, outcome } = await adoptImage({ directory, file, dryRun: true });
  expect([outcome, image.generation, image.latest, image.sha256]).toEqual([
    "adopted",
    1,
    true,
    sha256Of(file),
  ]);
  expect([contents(directory), tree(directory)]).toEqual(before);
  expect(await listImages({ directory })).toEqual([]);
});

test("a raw disk is adopted under the name of one, also without a partition table", async () => {
  const { directory } = await storeWith(1, ["other"]);
  const file = join(directory, `sysinit-${name}-${stamp}.raw`);
  for (const content of [rawDisk(), Buffer.alloc(4096, 7)]) {
    writeFileSync(file, content);
    const { image } = await adoptImage({ directory, file });
    expect(image).toMatchObject({ format: "raw", virtualBytes: content.length, latest: true });
    rmSync(`${file}.json`);
  }
});

test.each<[string, (file: string) => void, string]>([
  ["leads to another file", (file) => writeFileSync(file, qcow2([[8, 8, 112]])), "UNSAFE_IMAGE"],
  ["is no image", (file) => writeFileSync(file, "hello"), "NOT_AN_IMAGE"],
  ["is empty", (file) => writeFileSync(file, ""), "NOT_AN_IMAGE"],
  [
    "is a raw disk under the name of a qcow2 image",
    (file) => writeFileSync(file, rawDisk()),
    "NOT_ADOPTABLE",
  ],
  ["has another name", (file) => linkSync(file, `${file}.mine`), "NOT_ADOPTABLE"],
])("a file that %s is not adopted, and stays as it is", async (_, change, code) => {
  const { directory, file } = await storeWithForeignImage(1);
  change(file);
  chmodSync(file, 0o600);
  const before = contents(directory);
  await expect(adoptImage({ directory, file })).rejects.toMatchObject({ code });
  expect(contents(directory)).toEqual(before);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a link, a file of another name and a file elsewhere are not adopted", async () => {
  const { directory, file, home } = await storeWithForeignImage(1);
  const link = join(directory, `sysinit-${name}-${stamp}-9.qcow2`);
  symlinkSync(file, link);
  await expect(adoptImage({ directory, file: link })).rejects.toMatchObject({ code: "SOURCE_NOT_A_FILE" });
  const unnamed = join(directory, "nixos.qcow2");
  copyFileSync(file, unnamed);
  const elsewhere = join(home, basename(file));
  copyFileSync(file, elsewhere);
  for (const path of [unnamed, elsewhere]) {
    await expect(adoptImage({ directory, file: path })).rejects.toMatchObject({
      code: "NOT_ADOPTABLE",
      hint: expect.stringContaining("Install it instead") as string,
    });
  }
  await expect(
    adoptImage({ directory, file: join(directory, `sysinit-x-${stamp}.qcow2`) }),
  ).rejects.toMatchObject({
    code: "SOURCE_NOT_FOUND",
  });
  await expect(
    adoptImage({ directory: join(home, "none"), file: join(home, "none/x") }),
  ).rejects.toMatchObject({
    code: "NOT_ADOPTABLE",
  });
  expect(existsSync(join(home, "none"))).toBe(false);
});

test("an image that is written to while it is adopted is noticed", async () => {
  const { directory, file } = await storeWithForeignImage();
  writeImage(file, 20 * 1024 * 1024);
  const onEvent = () => writeFileSync(file, "x", { flag: "a" });
  const attempt = adoptImage({ directory, file, onEvent });
  await expect(attempt).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
  expect(await listImages({ directory })).toEqual([]);
  expect(existsSync(`${file}.json`)).toBe(false);
});

test("an adopted image is removed like any other", async () => {
  const { directory, file, env } = await storeWithForeignImage();
  await adoptImage({ directory, file });
  await removeImage({ directory, name, generation: "all", env });
  expect(existsSync(file)).toBe(false);
});

test("a manifest that cannot be read is not written over", async () => {
  const { directory, images } = await storeWith(1);
  const { file } = images[0]!;
  writeFileSync(`${file}.json`, "{");
  await expect(adoptImage({ directory, file })).rejects.toMatchObject({
    code: "NOT_ADOPTABLE",
    message: expect.stringContaining("repair") as string,
  });
  expect(readFileSync(`${file}.json`, "utf8")).toBe("{");
});
