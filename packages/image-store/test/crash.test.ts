import { existsSync, linkSync, lstatSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installImage, listImages, showImage, verifyImages } from "../src/index.ts";
import { installSteps } from "../src/publish/steps.ts";
import { idle, sha256Of, tree, writeImage } from "./images.ts";
import { killedAt, startUntilFirstLine, verbCommand } from "./program.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const name = "lima-minimal";
const mebibyte = 1024 * 1024;

const filesOf = (images: { file: string; latestLink: string }[], directory: string) =>
  [
    ...idle,
    ...images.flatMap(({ file, latestLink }) =>
      [file, `${file}.json`, latestLink].map((path) => path.slice(directory.length + 1)),
    ),
  ]
    .filter((path, index, all) => all.indexOf(path) === index)
    .sort();

const stops = [...installSteps, "copy:1", `copy:${8 * mebibyte}`, `copy:${20 * mebibyte}`];

test.each(stops)(
  "kill -9 at %s leaves nothing or a whole image, and the next install makes it good",
  async (stop) => {
    const home = temporaryDirectory();
    const directory = join(home, "_images");
    const first = (await installImage({ directory, name, source: writeImage(join(home, "a")) })).image;
    const source = writeImage(join(home, "b"), 24 * mebibyte);
    await killedAt("install", { directory, name, source }, stop);

    const left = await listImages({ directory });
    const listed = ["recorded", "flipped", "cleaned"].includes(stop);
    const flipped = ["flipped", "cleaned"].includes(stop);
    expect(left.map((image) => [image.generation, image.latest])).toEqual(
      listed
        ? [
            [2, flipped],
            [1, !flipped],
          ]
        : [[1, true]],
    );
    expect((await verifyImages({ directory })).every((result) => result.ok)).toBe(true);
    expect((await showImage({ directory, name })).sha256).toBe(flipped ? sha256Of(source) : first.sha256);

    const again = await installImage({ directory, name, source });
    expect(again).toMatchObject({
      outcome: flipped ? "unchanged" : "installed",
      image: { generation: 2, latest: true },
    });
    expect(sha256Of(again.image.file)).toBe(sha256Of(source));
    expect((await verifyImages({ directory })).every((result) => result.ok)).toBe(true);
    expect(tree(directory)).toEqual(filesOf([again.image, first], directory));
  },
);

test("kill -9 while the raw disk is written, linked and recorded leaves no half of it", async () => {
  for (const stop of ["convert:1", "linked", "recorded", "flipped"]) {
    const home = temporaryDirectory();
    const directory = join(home, "_images");
    const source = writeImage(join(home, "a"));
    await killedAt("install", { directory, name, source, withRaw: true }, stop);
    const { image } = await installImage({ directory, name, source, withRaw: true });
    const raw = image.raw!.file.slice(directory.length + 1);
    expect(image.generation).toBe(1);
    expect(tree(directory)).toEqual([...filesOf([image], directory), raw].sort());
    expect((await verifyImages({ directory })).every((result) => result.ok)).toBe(true);
  }
});

test("kill -9 of the very first install leaves a store without images", async () => {
  const home = temporaryDirectory();
  const options = { directory: join(home, "_images"), name, source: writeImage(join(home, "a")) };
  await killedAt("install", options, "linked");
  expect(await listImages({ directory: join(home, "_images") })).toEqual([]);
  const { image } = await installImage({
    directory: join(home, "_images"),
    name: "other",
    source: join(home, "a"),
  });
  expect(tree(join(home, "_images"))).toEqual(filesOf([image], join(home, "_images")));
});

test("sweeping takes only what an install made", async () => {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  const source = writeImage(join(home, "a"));
  await killedAt("install", { directory, name, source }, "linked");
  const mine = join(directory, "sysinit-lima-minimal-20200101-000000.qcow2");
  linkSync(source, mine);
  writeFileSync(join(directory, ".image-store/tmp/notes.txt"), "mine");
  writeFileSync(join(directory, "00000000-0000-4000-8000-000000000000.part"), "mine");
  await installImage({ directory, name, source: writeImage(join(home, "b")) });
  expect(existsSync(mine)).toBe(true);
  expect(lstatSync(source).nlink).toBe(2);
  expect(existsSync(join(directory, "00000000-0000-4000-8000-000000000000.part"))).toBe(true);
  expect(readdirSync(join(directory, ".image-store/tmp"))).toEqual(["notes.txt"]);
});

test("a waiting install goes on when the one that it waits for is killed", async () => {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  const source = writeImage(join(home, "a"));
  const { child } = await startUntilFirstLine(verbCommand("install", { directory, name, source }, "copied"));
  const waits: (number | undefined)[] = [];
  const waiting = installImage({
    directory,
    name,
    source,
    onEvent(event) {
      if (event.type !== "waiting-for-lock") return;
      waits.push(event.holderPid);
      child.kill("SIGKILL");
    },
  });
  expect(await waiting).toMatchObject({ outcome: "installed", image: { generation: 1 } });
  expect(waits).toEqual([child.pid]);
});
