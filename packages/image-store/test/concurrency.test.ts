import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";

import { installImage, listImages, showImage, verifyImages } from "../src/index.ts";
import { writeImage } from "./images.ts";
import { startUntilFirstLine, verbCommand } from "./program.ts";
import { name, storeWith } from "./store.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

test("installs by several processes at once take turns, whatever they install", async () => {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  const same = writeImage(join(home, "same"), 5 * 1024 * 1024);
  const sources = [same, same, ...["b", "c"].map((file) => writeImage(join(home, file)))];
  const outcomes = await Promise.all([
    ...sources.map((source) => startUntilFirstLine(verbCommand("install", { directory, name, source }))),
    startUntilFirstLine(verbCommand("install", { directory, name: "other", source: same })),
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

test("an install, a rollback and a prune at once take turns, and a reader finds the store whole at every moment", async () => {
  const { directory, env, home } = await storeWith(6);
  const source = writeImage(join(home, "_source"), 5 * 1024 * 1024);
  let working = true;
  const outcomes = Promise.all([
    startUntilFirstLine(verbCommand("install", { directory, name, source })),
    startUntilFirstLine(verbCommand("rollback", { directory, name })),
    startUntilFirstLine(verbCommand("prune", { directory, keepNewest: 2, env })),
    startUntilFirstLine(verbCommand("install", { directory, name: "other", source })),
  ]).finally(() => (working = false));
  while (working) {
    expect((await listImages({ directory, name })).filter((image) => image.latest)).toHaveLength(1);
    expect(existsSync((await showImage({ directory, name })).file)).toBe(true);
    await sleep(1);
  }
  const words = (await outcomes).map(({ line }) => line.split(" ")[0]);
  // The prune refuses when one of the others came between its plan and its turn.
  expect([["done"], ["PLAN_OUTDATED"]]).toContainEqual([words[2]]);
  expect([words[0], words[1], words[3]]).toEqual(["installed", "used", "installed"]);
  expect((await verifyImages({ directory })).every((result) => result.ok)).toBe(true);
});
