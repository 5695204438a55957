import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { adoptSteps } from "../src/adoption/run-adopt.ts";
import { useSteps } from "../src/current/run-use.ts";
import {
  adoptImage,
  installImage,
  listImages,
  repairStore,
  removeImage,
  showImage,
  verifyImages,
} from "../src/index.ts";
import { removalSteps } from "../src/removal/remove-entry.ts";
import { writeImage } from "./images.ts";
import { killedAt } from "./program.ts";
import { contents, generationsOf, name, storeWith, type TestStore } from "./store.ts";

/** The images, manifests and links, without the work area. */
const imagesIn = (directory: string) =>
  Object.fromEntries(
    Object.entries(contents(directory)).filter(([path]) => !path.startsWith(".image-store")),
  );

async function installsAgain({ directory, home }: TestStore, generation: number): Promise<void> {
  const { image } = await installImage({ directory, name, source: writeImage(join(home, "_source")) });
  expect([image.generation, image.latest]).toEqual([generation, true]);
  expect((await verifyImages({ directory })).every(({ ok }) => ok)).toBe(true);
  expect((await repairStore({ directory, dryRun: true })).findings).toEqual([]);
}

test.each(useSteps)(
  "kill -9 of use and of rollback at %s leaves one current image, the one before or the new one",
  async (stop) => {
    for (const [verb, target] of [
      ["use", 1],
      ["rollback", 2],
    ] as const) {
      const store = await storeWith(3);
      const before = imagesIn(store.directory);
      await killedAt(verb, { directory: store.directory, name, generation: target }, stop);
      expect((await showImage({ directory: store.directory, name })).generation).toBe(
        stop === "flipped" ? target : 3,
      );
      expect(imagesIn(store.directory)).toEqual(before);
      await installsAgain(store, 4);
    }
  },
);

const decided = (stop: string) => stop === "forgotten" || stop === "freed";

test.each(removalSteps)("kill -9 of a removal at %s leaves the whole image, or none of it", async (stop) => {
  const store = await storeWith(3);
  const { directory, env, images } = store;
  const before = imagesIn(directory);
  await killedAt("remove", { directory, name, generation: 2, env }, stop);
  const gone = images[1]!.file.slice(directory.length + 1);
  expect((await showImage({ directory, name })).generation).toBe(3);

  await repairStore({ directory });
  expect(await generationsOf(directory)).toEqual(
    decided(stop)
      ? [
          [3, true],
          [1, false],
        ]
      : [
          [3, true],
          [2, false],
          [1, false],
        ],
  );
  const left = Object.entries(before).filter(([path]) => !decided(stop) || !path.startsWith(gone));
  expect(imagesIn(directory)).toEqual(Object.fromEntries(left));
  expect(readdirSync(join(directory, ".image-store/tmp"))).toEqual([]);
  await installsAgain(store, 4);
});

test.each(removalSteps)(
  "kill -9 of a removal of an image with a raw disk at %s takes both or none",
  async (stop) => {
    const store = await storeWith(1);
    const { directory, env, home } = store;
    const source = writeImage(join(home, "_source"));
    const { image } = await installImage({ directory, name: "other", source, withRaw: true });
    await killedAt("remove", { directory, name: "other", generation: "all", env }, stop);
    await repairStore({ directory });
    const files = [image.file, image.raw!.file, `${image.file}.json`];
    expect(files.map((file) => existsSync(file))).toEqual(files.map(() => !decided(stop)));
    if (!decided(stop)) expect((await showImage({ directory, name: "other" })).raw).toEqual(image.raw);
    await removeImage({ directory, name: "other", generation: "all", env }).catch(() => {});
    expect(files.filter((file) => existsSync(file))).toEqual([]);
  },
);

test.each(["remembered", "set-aside#1", "set-aside#2", "forgotten#1", "freed#1", "forgotten#2", "freed#2"])(
  "kill -9 of a prune at %s loses nothing that was to stay, and pruning again does the rest",
  async (stop) => {
    const store = await storeWith(4);
    const { directory, env, images } = store;
    await killedAt("prune", { directory, keepNewest: 2, env }, stop);
    expect((await showImage({ directory, name })).generation).toBe(4);
    await repairStore({ directory });
    const left = await listImages({ directory });
    expect(left.slice(0, 2)).toEqual(images.slice(0, 2));
    expect((await verifyImages({ directory })).every(({ ok }) => ok)).toBe(true);
    expect(left).toHaveLength(4 - (stop.endsWith("#2") ? 1 : 0) - (/^f/.test(stop) ? 1 : 0));
    await killedAt("prune", { directory, keepNewest: 1, env }, "freed");
    await installsAgain(store, 5);
  },
);

test.each(adoptSteps)(
  "kill -9 of an adoption at %s leaves the file as it was, and adopting again does it",
  async (stop) => {
    const store = await storeWith(1);
    const { directory } = store;
    const file = writeImage(join(directory, "sysinit-other-20260101-120000.qcow2"));
    const before = contents(directory)["sysinit-other-20260101-120000.qcow2"];
    await killedAt("adopt", { directory, file }, stop);
    expect((await listImages({ directory, name: "other" })).length).toBe(stop === "hashed" ? 0 : 1);
    const { image } = await adoptImage({ directory, file });
    await repairStore({ directory });
    expect(await showImage({ directory, name: "other" })).toEqual({ ...image, latest: true });
    expect(contents(directory)["sysinit-other-20260101-120000.qcow2"]).toBe(before);
    await installsAgain(store, 2);
  },
);
