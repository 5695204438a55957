import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import {
  installImage,
  planPrune,
  prune,
  rollbackImage,
  useImage,
  verifyImages,
  type PruneItem,
} from "../src/index.ts";
import { runPrune } from "../src/prune/run-prune.ts";
import { tree, writeImage } from "./images.ts";
import { contents, generationsOf, makeInstance, name, storeWith } from "./store.ts";

const day = 24 * 60 * 60 * 1000;

const verdicts = (items: readonly PruneItem[]) =>
  items.map((item) => [item.generation, item.verdict, item.reasons.join()]);

test("a plan says of each image what would become of it and why, and changes nothing", async () => {
  const { directory, env, images } = await storeWith(5);
  const before = [contents(directory), tree(directory)];
  const plan = await planPrune({ directory, keepNewest: 2, env });
  expect(verdicts(plan.items)).toEqual([
    [5, "keep", "current,newest"],
    [4, "keep", "newest"],
    [3, "remove", ""],
    [2, "remove", ""],
    [1, "remove", ""],
  ]);
  expect(plan.removableBytes).toBe(images.slice(2).reduce((sum, image) => sum + image.allocatedBytes, 0));
  expect([contents(directory), tree(directory)]).toEqual(before);
});

test("pruning does exactly what the plan says, also when the plan was JSON in between", async () => {
  const { directory, env, images } = await storeWith(5);
  const before = contents(directory);
  const plan = await planPrune({ directory, keepNewest: 2, env });
  const events: string[] = [];
  const result = await prune({
    plan: JSON.parse(JSON.stringify(plan)) as typeof plan,
    env,
    onEvent: (event) => event.type === "removed" && events.push(event.file),
  });
  expect(result.removed.map((image) => image.generation)).toEqual([1, 2, 3]);
  expect([result.failed, result.allocatedBytes]).toEqual([[], plan.removableBytes]);
  expect(result.availableBytes).toBeGreaterThan(0);
  expect(events).toEqual(result.removed.map((image) => image.file));
  const kept = images.slice(0, 2).map((image) => image.file.slice(directory.length + 1));
  const after = contents(directory);
  for (const path of kept.flatMap((file) => [file, `${file}.json`])) expect(after[path]).toBe(before[path]);
  const reserves = ["reserve-1", "reserve-2"].map((file) => join(".image-store", file));
  expect(Object.keys(after).sort()).toEqual(
    [...reserves, ...kept.flatMap((file) => [file, `${file}.json`])].sort(),
  );
  expect((await verifyImages({ directory })).every(({ ok }) => ok)).toBe(true);
});

test("the current generation is kept however old it is, and so are those that come before it in number", async () => {
  const { directory, env } = await storeWith(6);
  await useImage({ directory, name, generation: 2 });
  expect(verdicts((await planPrune({ directory, keepNewest: 2, env })).items)).toEqual([
    [6, "keep", "newest"],
    [5, "keep", "newest"],
    [4, "remove", ""],
    [3, "remove", ""],
    [2, "keep", "current,newest"],
    [1, "keep", "newest"],
  ]);
  expect((await rollbackImage({ directory, name })).image.generation).toBe(1);
});

test("young images are kept, and so are those from the future of a wrong clock", async () => {
  const { directory, env, home } = await storeWith(0);
  const ages = [400, 20, 3, -9000, 0];
  for (const age of ages) {
    const source = writeImage(join(home, "_source"));
    await installImage({ directory, name, source, now: new Date(Date.now() - age * day) });
  }
  const items = (await planPrune({ directory, keepNewest: 1, keepYoungerThanMs: 7 * day, env })).items;
  expect(verdicts(items)).toEqual([
    [5, "keep", "current,newest,young"],
    [4, "keep", "young"],
    [3, "keep", "young"],
    [2, "remove", ""],
    [1, "remove", ""],
  ]);
});

test("each name has its own newest generations, and a plan can be of one name", async () => {
  const { directory, env } = await storeWith(2, ["a", "b"]);
  const remove = async (of?: string) =>
    (await planPrune({ directory, keepNewest: 1, env, ...(of && { name: of }) })).items
      .filter((item) => item.verdict === "remove")
      .map((item) => `${item.name} ${item.generation}`);
  expect(await remove()).toEqual(["a 1", "b 1"]);
  expect(await remove("b")).toEqual(["b 1"]);
});

test("of a name without a current generation nothing is removed", async () => {
  const { directory, env, images } = await storeWith(4);
  rmSync(images[0]!.latestLink);
  const { items } = await planPrune({ directory, keepNewest: 1, env });
  expect(items.map(({ verdict, reasons }) => [verdict, reasons[0]])).toEqual(
    Array(4).fill(["keep", "no-current"]),
  );
});

test("an image whose manifest cannot be read is not pruned, nor is its number forgotten", async () => {
  const { directory, env, images } = await storeWith(3);
  writeFileSync(`${images[2]!.file}.json`, "{");
  const plan = await planPrune({ directory, keepNewest: 1, env });
  await prune({ plan, env });
  expect(existsSync(images[2]!.file)).toBe(true);
  expect(readFileSync(`${images[2]!.file}.json`, "utf8")).toBe("{");
});

test("what an instance needs is kept, with the instance and how it needs it", async () => {
  const { directory, env, home, images } = await storeWith(4);
  makeInstance(home, "dev", { yaml: `images: [{location: "${images[3]!.file}"}]\n` });
  makeInstance(home, "old", { yaml: `images: [{location: /x, digest: "sha256:${images[2]!.sha256}"}]\n` });
  const { items } = await planPrune({ directory, keepNewest: 1, env });
  expect(items.map(({ verdict, references }) => [verdict, references])).toEqual([
    ["keep", []],
    ["remove", []],
    ["keep", [{ strength: "soft", kind: "digest", by: "instance old", source: join(home, "old/lima.yaml") }]],
    [
      "keep",
      [{ strength: "hard", kind: "location", by: "instance dev", source: join(home, "dev/lima.yaml") }],
    ],
  ]);
});

test.each<[string, (world: Awaited<ReturnType<typeof storeWith>>) => unknown, string]>([
  [
    "another image was installed",
    ({ directory, home }) => installImage({ directory, name, source: writeImage(join(home, "_new")) }),
    "generation 5 of lima-minimal is new",
  ],
  [
    "an image was removed by hand",
    ({ images }) => rmSync(images[3]!.file),
    "generation 1 of lima-minimal is gone",
  ],
  [
    "the latest link was moved",
    ({ directory }) => useImage({ directory, name, generation: 1 }),
    "to keep (current, newest)",
  ],
  [
    "an instance was made from one",
    ({ home, images }) => makeInstance(home, "dev", { yaml: `images: [{location: "${images[2]!.file}"}]\n` }),
    "generation 2 of lima-minimal is now one to keep (needed, instance dev)",
  ],
  [
    "one was replaced",
    ({ images }) => {
      const file = `${images[3]!.file}.json`;
      const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
      writeFileSync(file, JSON.stringify({ ...manifest, sha256: "0".repeat(64) }));
    },
    "generation 1 of lima-minimal is another image",
  ],
])("a plan no longer holds when %s, and then nothing is removed", async (_, change, reason) => {
  const world = await storeWith(4);
  const { directory, env } = world;
  const plan = await planPrune({ directory, keepNewest: 1, env });
  await change(world);
  const before = contents(directory);
  const refusing = prune({ plan, env });
  await expect(refusing).rejects.toMatchObject({ code: "PLAN_OUTDATED" });
  await expect(refusing).rejects.toThrow(reason);
  expect(contents(directory)).toEqual(before);
});

test("an instance that is made while the images go keeps its own, and the others go all the same", async () => {
  const { directory, env, home, images } = await storeWith(4);
  const plan = await planPrune({ directory, keepNewest: 1, env });
  const needsSecond = { yaml: `images: [{location: "${images[2]!.file}"}]\n` };
  const result = await runPrune({ plan, env }, (step) => {
    if (step === "freed") makeInstance(home, "dev", needsSecond);
  });
  expect(result.removed.map((image) => image.generation)).toEqual([1, 3]);
  expect(result.failed.map(({ image, error }) => [image.generation, error.code])).toEqual([
    [2, "IMAGE_NEEDED"],
  ]);
  expect(await generationsOf(directory)).toEqual([
    [4, true],
    [2, false],
  ]);
});

test("an old plan counts ages from when it was made", async () => {
  const { directory, env, home } = await storeWith(0);
  const start = Date.now();
  for (const at of [start - 10 * day, start])
    await installImage({ directory, name, source: writeImage(join(home, "_source")), now: new Date(at) });
  const options = { directory, keepNewest: 1, keepYoungerThanMs: 11 * day, env };
  const plan = await planPrune({ ...options, now: new Date(start + 2 * day) });
  expect((await prune({ plan, env })).removed).toHaveLength(1);
});

test.each([
  [{ keepNewest: 0 }, "keepNewest is 0"],
  [{ keepNewest: 1.5 }, "keepNewest is 1.5"],
  [{ keepYoungerThanMs: -1 }, "keepYoungerThanMs is -1"],
  [{ keepYoungerThanMs: Number.NaN }, "keepYoungerThanMs is NaN"],
])("criteria that cannot be are refused: %j", async (criteria, reason) => {
  const { directory, env } = await storeWith(1);
  await expect(planPrune({ directory, env, ...criteria })).rejects.toMatchObject({ code: "BAD_CRITERIA" });
  await expect(planPrune({ directory, env, ...criteria })).rejects.toThrow(reason);
});

test("a store that is not there has nothing to prune, and is not made", async () => {
  const { home, env } = await storeWith(0);
  const directory = join(home, "none");
  const plan = await planPrune({ directory, env });
  expect(plan.items).toEqual([]);
  expect((await prune({ plan, env })).removed).toEqual([]);
  expect(existsSync(directory)).toBe(false);
});

test("a signal ends pruning between two images", async () => {
  const { directory, env } = await storeWith(4);
  const plan = await planPrune({ directory, keepNewest: 1, env });
  const stop = new AbortController();
  const pruning = prune({ plan, env, signal: stop.signal, onEvent: () => stop.abort() });
  await expect(pruning).rejects.toMatchObject({ code: "ABORTED" });
  expect(await generationsOf(directory)).toEqual([
    [4, true],
    [3, false],
    [2, false],
  ]);
});

test("a store behind a link is pruned where it really is", async () => {
  const { directory, env, home } = await storeWith(3);
  symlinkSync(directory, join(home, "_link"));
  const plan = await planPrune({ directory: join(home, "_link"), keepNewest: 1, env });
  expect(plan.directory).toBe(directory);
  expect((await prune({ plan, env })).removed).toHaveLength(2);
});
