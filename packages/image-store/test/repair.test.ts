import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

import { adoptImage, installImage, repairStore, showImage, verifyImages } from "../src/index.ts";
import { tree, writeImage } from "./images.ts";
import { contents, generationsOf, name, storeWith, type TestStore } from "./store.ts";

type Damage = (store: TestStore) => void;
const newest = ({ images }: TestStore) => images[0]!;
const changeManifest =
  (changes: object, index = 0): Damage =>
  ({ images }) => {
    const file = `${images[index]!.file}.json`;
    writeFileSync(
      file,
      JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...changes }),
    );
  };
const relink =
  (target: (store: TestStore) => string | undefined): Damage =>
  (store) => {
    const link = newest(store).latestLink;
    unlinkSync(link);
    const to = target(store);
    if (to !== undefined) symlinkSync(to, link);
  };

test("a store that is whole has nothing to repair", async () => {
  const { directory, home } = await storeWith(2);
  const before = contents(directory);
  expect(await repairStore({ directory })).toEqual({ findings: [] });
  expect(contents(directory)).toEqual(before);
  expect(await repairStore({ directory: join(home, "none") })).toEqual({ findings: [] });
  expect(existsSync(join(home, "none"))).toBe(false);
});

const damages: [string, string, Damage, (store: TestStore) => unknown][] = [
  ["a latest link that is missing", "latest-link", relink(() => undefined), currentIs(3)],
  [
    "a latest link that dangles",
    "latest-link",
    relink(() => "sysinit-lima-minimal-20200101-000000.qcow2"),
    currentIs(3),
  ],
  ["a latest link that leads away", "latest-link", relink(() => "/etc/hostname"), currentIs(3)],
  [
    "a latest link that leads to another name's image",
    "latest-link",
    relink(() => "sysinit-x-20200101-000000.qcow2"),
    currentIs(3),
  ],
  [
    "a latest link that is absolute, to the image that it leads to",
    "latest-link",
    relink(({ images }) => images[1]!.file),
    currentIs(2),
  ],
  [
    "two latest links",
    "latest-link",
    ({ images }) => symlinkSync(basename(images[1]!.file), images[0]!.latestLink.replace(".qcow2", ".raw")),
    currentIs(3),
  ],
  ["an image that somebody removed", "missing-image", ({ images }) => rmSync(images[1]!.file), currentIs(3)],
  [
    "the current image, removed by somebody",
    "missing-image",
    (store) => rmSync(newest(store).file),
    currentIs(2),
  ],
  [
    "a manifest that is cut off",
    "damaged-manifest",
    ({ images }) => writeFileSync(`${images[1]!.file}.json`, "{"),
    currentIs(3),
  ],
  [
    "a manifest that names another file",
    "damaged-manifest",
    changeManifest({ file: "../x" }, 1),
    currentIs(3),
  ],
  [
    "the manifest of the current image, damaged",
    "damaged-manifest",
    changeManifest({ sha256: 7 }),
    currentIs(2),
  ],
  [
    "a record of removed generations that is cut off",
    "generations-record",
    ({ directory }) => writeFileSync(join(directory, ".image-store/generations.json"), "{"),
    currentIs(3),
  ],
  [
    "a temporary file of a killed process",
    "leftover",
    ({ directory }) =>
      writeFileSync(join(directory, ".image-store/tmp/00000000-0000-4000-8000-000000000000.part"), ""),
    currentIs(3),
  ],
];

function currentIs(generation: number) {
  return async ({ directory }: TestStore) =>
    expect((await showImage({ directory, name })).generation).toBe(generation);
}

test.each(damages)("%s is put right", async (_, kind, damage, check) => {
  const store = await storeWith(3);
  const { directory, home } = store;
  damage(store);
  const before = [contents(directory), tree(directory)];
  const dry = await repairStore({ directory, dryRun: true });
  expect([contents(directory), tree(directory)]).toEqual(before);
  expect(dry.findings[0]).toMatchObject({ kind, repaired: true });

  const { findings } = await repairStore({ directory });
  expect(findings[0]).toEqual(dry.findings[0]);
  await check(store);
  const left = (await repairStore({ directory })).findings;
  expect(left.every(({ kind: other }) => other === "unrecorded-image")).toBe(true);
  expect((await verifyImages({ directory })).every(({ ok }) => ok)).toBe(true);
  const { image } = await installImage({ directory, name, source: writeImage(join(home, "_source")) });
  expect(image.generation).toBe(4);
});

test("records that are set aside are kept for a person to read", async () => {
  const { directory, images } = await storeWith(2);
  writeFileSync(`${images[1]!.file}.json`, '{"half": ');
  await repairStore({ directory });
  const [kept] = readdirSync(join(directory, ".image-store/set-aside"));
  expect(kept).toContain(basename(images[1]!.file));
  expect(readFileSync(join(directory, ".image-store/set-aside", kept!), "utf8")).toBe('{"half": ');
});

test("an image whose manifest was damaged is told after the repair, and comes back by adopting it", async () => {
  const { directory, images } = await storeWith(2);
  const { file } = images[1]!;
  writeFileSync(`${file}.json`, "{");
  const { findings } = await repairStore({ directory });
  expect(findings.map(({ kind, path, repaired }) => [kind, path, repaired])).toEqual([
    ["damaged-manifest", `${file}.json`, true],
    ["unrecorded-image", file, false],
  ]);
  expect((await adoptImage({ directory, file })).image).toMatchObject({
    generation: 3,
    sha256: images[1]!.sha256,
  });
});

test("a manifest of a newer version is told, and stays as it is", async () => {
  const store = await storeWith(2);
  changeManifest({ schema: 2 }, 1)(store);
  const before = contents(store.directory);
  const { findings } = await repairStore({ directory: store.directory });
  expect(findings).toMatchObject([{ kind: "damaged-manifest", repaired: false }]);
  expect(contents(store.directory)).toEqual(before);
});

test("a file or a directory of the user's in place of the latest link is told, and stays", async () => {
  const store = await storeWith(2);
  const { latestLink } = newest(store);
  renameSync(latestLink, join(store.home, "_link"));
  mkdirSync(latestLink);
  writeFileSync(join(latestLink, "mine"), "mine");
  const { findings } = await repairStore({ directory: store.directory });
  expect(findings).toMatchObject([{ kind: "latest-link", repaired: false }]);
  expect(findings[0]?.remedy).toContain("move it");
  expect(readFileSync(join(latestLink, "mine"), "utf8")).toBe("mine");
});

test("a broken latest link is not led to an image that was damaged", async () => {
  const store = await storeWith(3);
  const { directory, images } = store;
  relink(() => undefined)(store);
  writeFileSync(images[0]!.file, "damaged");
  await repairStore({ directory });
  expect(readlinkSync(images[0]!.latestLink)).toBe(basename(images[1]!.file));
});

test("a name of which no image is whole is told", async () => {
  const store = await storeWith(1);
  relink(() => undefined)(store);
  writeFileSync(newest(store).file, "damaged");
  const { findings } = await repairStore({ directory: store.directory });
  expect(findings).toMatchObject([{ kind: "latest-link", repaired: false }]);
  expect(existsSync(newest(store).latestLink)).toBe(false);
});

test("a latest link to an image that was damaged stays: which one to use instead is for a person to say", async () => {
  const store = await storeWith(2);
  writeFileSync(newest(store).file, "damaged");
  expect((await repairStore({ directory: store.directory })).findings).toEqual([]);
  expect(await generationsOf(store.directory)).toEqual([
    [2, true],
    [1, false],
  ]);
});

test("an image without a manifest is told, and stays the user's", async () => {
  const { directory } = await storeWith(1);
  const mine = join(directory, `sysinit-${name}-20200101-000000.qcow2`);
  writeFileSync(mine, "mine");
  const { findings } = await repairStore({ directory });
  expect(findings).toEqual([
    {
      kind: "unrecorded-image",
      path: mine,
      problem: "it has no manifest, so it is not of the store",
      remedy: "adopt it",
      repaired: false,
    },
  ]);
  expect(readFileSync(mine, "utf8")).toBe("mine");
});
