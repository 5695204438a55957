import { lstatSync, readdirSync, readlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test, vi } from "vitest";

import type { DiskState, Operation } from "./journal.ts";

const journal: Operation[] = [];
vi.mock("node:fs/promises", async (original) => {
  const { recordingFileSystem } = await import("./journal.ts");
  return recordingFileSystem(await original<typeof import("node:fs/promises")>(), journal);
});

const { installImage, removeImage, rollbackImage } = await import("../../src/index.ts");
const { statesAfter } = await import("./journal.ts");
const { writeImage } = await import("../images.ts");
const { name, storeWith } = await import("../store.ts");

/** What is on the disk now, all of it whole. */
function stateOf(directory: string): DiskState {
  const names = new Map<string, number | string>();
  const whole = new Set<number>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) names.set(path, readlinkSync(path));
    if (!entry.isFile()) continue;
    const { ino } = lstatSync(path);
    names.set(path, ino);
    whole.add(ino);
  }
  return { names, whole };
}

/** What is wrong with a store in this state; undefined when whoever uses the latest image gets one that is whole. */
function wrongWith({ names, whole }: DiskState, directory: string, latestLink: string): string | undefined {
  const isWhole = (path: string) => {
    const inode = names.get(path);
    return typeof inode === "number" && whole.has(inode);
  };
  const target = names.get(latestLink);
  if (typeof target !== "string") return "there is no latest link";
  if (!isWhole(join(directory, target))) return `the latest link leads to ${target}, which is not whole`;
  if (!isWhole(join(directory, `${target}.json`))) return `${target} has no manifest`;
  for (const path of names.keys()) {
    if (!/^sysinit-[^/]*\.json$/.test(path.slice(directory.length + 1))) continue;
    if (!isWhole(path)) return `${path} is not whole`;
    const image = path.slice(0, -".json".length);
    // One that is being removed is put back by the next verb.
    const setAside = join(directory, ".image-store/tmp", `${basename(image)}.`);
    const places = [image, ...[...names.keys()].filter((each) => each.startsWith(setAside))];
    if (!places.some(isWhole)) return `${path} has no whole image`;
  }
  return undefined;
}

const verbs: [string, (store: Awaited<ReturnType<typeof storeWith>>) => Promise<unknown>][] = [
  [
    "an install",
    ({ directory, home }) =>
      installImage({ directory, name, source: writeImage(join(home, "_source")), withRaw: true }),
  ],
  ["a rollback", ({ directory }) => rollbackImage({ directory, name })],
  ["a removal", ({ directory, env }) => removeImage({ directory, name, generation: 1, env })],
];

test.each(verbs)(
  "power that goes at any moment of %s leaves the image before or the new one, whole",
  async (_, work) => {
    const store = await storeWith(3);
    const { directory, images } = store;
    const before = stateOf(directory);
    journal.length = 0;
    await work(store);
    const operations = [...journal];
    let states = 0;
    for (let count = 0; count <= operations.length; count++) {
      for (const state of statesAfter(before, operations, count)) {
        states++;
        const wrong = wrongWith(state, directory, images[0]!.latestLink);
        if (wrong !== undefined)
          throw new Error(`after ${count} of ${operations.length} operations: ${wrong}`);
      }
    }
    expect(states).toBeGreaterThan(operations.length);
    // When the verb has returned, what it did is there to stay.
    const target = readlinkSync(images[0]!.latestLink);
    for (const state of statesAfter(before, operations, operations.length))
      expect(state.names.get(images[0]!.latestLink)).toBe(target);
  },
);

test("the simulation finds a store that is written in a wrong order", async () => {
  const store = await storeWith(2);
  const { directory, images } = store;
  const before = stateOf(directory);
  journal.length = 0;
  await installImage({ directory, name, source: writeImage(join(store.home, "_source")) });
  for (const missing of ["sync", "sync-directory"]) {
    const careless = journal.filter(({ type }) => type !== missing);
    const wrong = careless.flatMap((_, count) =>
      [...statesAfter(before, careless, count + 1)].map((state) =>
        wrongWith(state, directory, images[0]!.latestLink),
      ),
    );
    expect(wrong.some((found) => found !== undefined)).toBe(true);
  }
});
