import { join } from "node:path";
import { expect, test } from "vitest";

import { openSource } from "../src/source/open-source.ts";
import { copyImage } from "../src/transfer/copy-image.ts";
import { tree, writeImage } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const quiet = { signal: undefined, emit: () => {}, onStep: () => {} };
const mebibyte = 1024 * 1024;

/** A source whose disk fails in its own way from a position on. No disk here can be made to fail for an ordinary user. */
async function failingFrom(position: number, outcome: () => Promise<{ bytesRead: number }>) {
  const home = temporaryDirectory();
  const source = await openSource(writeImage(join(home, "image"), 12 * mebibyte), { followLink: false });
  const read = source.handle.read.bind(source.handle) as (...args: unknown[]) => Promise<unknown>;
  Object.assign(source.handle, {
    read: (buffer: Buffer, offset: number, length: number, at: number) =>
      at >= position
        ? outcome().then(({ bytesRead }) => ({ bytesRead, buffer }))
        : read(buffer, offset, length, at),
  });
  return { home, source };
}

test("an error of the disk in the middle of the image is told, and nothing of the copy is left", async () => {
  const error = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
  const { home, source } = await failingFrom(8 * mebibyte, () => Promise.reject(error));
  const copying = copyImage(source, join(home, "copy"), home, quiet);
  await expect(copying).rejects.toMatchObject({ code: "SOURCE_UNREADABLE", details: { errno: "EIO" } });
  await source.close();
  expect(tree(home)).toEqual(["image"]);
});

test("an image that ends before its size says so is noticed, and nothing of the copy is left", async () => {
  const { home, source } = await failingFrom(8 * mebibyte, () => Promise.resolve({ bytesRead: 0 }));
  await expect(copyImage(source, join(home, "copy"), home, quiet)).rejects.toMatchObject({
    code: "SOURCE_CHANGED",
  });
  await source.close();
  expect(tree(home)).toEqual(["image"]);
});
