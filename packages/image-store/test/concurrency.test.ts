import { join } from "node:path";
import { expect, test } from "vitest";

import { installImage, listImages, showImage, verifyImages } from "../src/index.ts";
import { writeImage } from "./images.ts";
import { installCommand, startUntilFirstLine } from "./program.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const name = "lima-minimal";

test("installs by several processes at once take turns, whatever they install", async () => {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  const same = writeImage(join(home, "same"), 5 * 1024 * 1024);
  const sources = [same, same, ...["b", "c"].map((file) => writeImage(join(home, file)))];
  const outcomes = await Promise.all([
    ...sources.map((source) => startUntilFirstLine(installCommand([directory, name, source]))),
    startUntilFirstLine(installCommand([directory, "other", same])),
  ]);
  expect(outcomes.map(({ line }) => line.split(" ")[0])).not.toContain("LOCKED");
  const generations = (await listImages({ directory, name })).map((image) => image.generation);
  // The two equal ones are one generation when no other came between them.
  expect([
    [3, 2, 1],
    [4, 3, 2, 1],
  ]).toContainEqual(generations);
  expect((await showImage({ directory, name })).generation).toBe(generations[0]);
  expect((await verifyImages({ directory })).every((result) => result.ok)).toBe(true);
});

test("readers never find a gap while the latest image changes", async () => {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  await installImage({ directory, name, source: writeImage(join(home, "a")) });
  let installing = true;
  const installs = (async () => {
    for (let round = 0; round < 12; round++) {
      await installImage({ directory, name, source: writeImage(join(home, "a"), 1024) });
    }
    installing = false;
  })();
  let last = 0;
  while (installing) {
    const { generation } = await showImage({ directory, name });
    expect(generation).toBeGreaterThanOrEqual(last);
    last = generation;
    expect((await listImages({ directory })).filter((image) => image.latest)).toHaveLength(1);
  }
  await installs;
  expect((await showImage({ directory, name })).generation).toBe(13);
});
