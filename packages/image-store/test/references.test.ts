import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  openSync,
  closeSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

import { planPrune, type ImageReference, type StoredImage } from "../src/index.ts";
import { qcow2, rawDisk } from "./images.ts";
import { startUntilFirstLine } from "./program.ts";
import { makeInstance, storeWith, type TestStore } from "./store.ts";

/** Who needs the older one of two generations. */
async function referencesToOlder({ directory, env }: TestStore): Promise<ImageReference[]> {
  return (await planPrune({ directory, keepNewest: 1, env })).items[1]!.references;
}

/** A qcow2 image on a backing file. */
function overlay(backing: string): Buffer {
  return qcow2([
    [8, 8, 1024],
    [16, 4, Buffer.byteLength(backing)],
    [1024, Buffer.from(backing)],
  ]);
}

type Make = (home: string, image: StoredImage) => void;
const yamlOf =
  (location: (home: string, image: StoredImage) => string): Make =>
  (home, image) =>
    void makeInstance(home, "dev", {
      yaml: `images:\n- location: ${JSON.stringify(location(home, image))}\n  arch: x86_64\n`,
    });
const fileName = ({ file }: StoredImage) => file.slice(dirname(file).length + 1);

test.each<[string, Make]>([
  ["by its path", yamlOf((_, { file }) => file)],
  ["by ~", yamlOf((_, image) => `~/_images/${fileName(image)}`)],
  ["by file://", yamlOf((_, { file }) => `file://${file}`)],
  ["by a path relative to the instance", yamlOf((_, image) => `../_images/${fileName(image)}`)],
  [
    "through a link of the user's",
    (home, image) => {
      symlinkSync(image.file, join(home, "_my.qcow2"));
      yamlOf(() => join(home, "_my.qcow2"))(home, image);
    },
  ],
  [
    "through a link to the store",
    (home, image) => {
      symlinkSync(dirname(image.file), join(home, "_store"));
      yamlOf(() => join(home, "_store", fileName(image)))(home, image);
    },
  ],
  [
    "as a kernel beside another image",
    (home, { file }) =>
      void makeInstance(home, "dev", {
        yaml: `images: [{location: /x, kernel: {location: ${JSON.stringify(file)}}}]\n`,
      }),
  ],
])("an instance whose lima.yaml names an image %s needs it", async (_, make) => {
  const store = await storeWith(2);
  make(store.home, store.images[1]!);
  expect(await referencesToOlder(store)).toEqual([
    { strength: "hard", kind: "location", by: "instance dev", source: join(store.home, "dev/lima.yaml") },
  ]);
});

test.each<[string, (instance: string, image: StoredImage) => void, string]>([
  ["a link to it", (instance, { file }) => symlinkSync(file, join(instance, "disk")), "disk"],
  [
    "a link to it, under a name of its own",
    (instance, { file }) => symlinkSync(file, join(instance, "image.tmp")),
    "image.tmp",
  ],
  [
    "an overlay on it, as up to Lima 2.0",
    (instance, { file }) => writeFileSync(join(instance, "diffdisk"), overlay(file)),
    "diffdisk",
  ],
  [
    "an overlay on an overlay on it",
    (instance, { file }) => {
      writeFileSync(join(instance, "basedisk"), overlay(file));
      writeFileSync(join(instance, "diffdisk"), overlay("basedisk"));
    },
    "diffdisk",
  ],
  [
    "an overlay on file:",
    (instance, { file }) => writeFileSync(join(instance, "disk"), overlay(`file:${file}`)),
    "disk",
  ],
  [
    "one that keeps its data in it",
    (instance, { file }) =>
      writeFileSync(
        join(instance, "disk"),
        qcow2([
          [72, 8, 4],
          [112, 4, 0x44415441],
          [116, 4, Buffer.byteLength(file)],
          [120, Buffer.from(file)],
        ]),
      ),
    "disk",
  ],
])("an instance whose disk is %s needs the image", async (_, make, source) => {
  const store = await storeWith(2);
  const instance = makeInstance(store.home, "dev");
  rmSync(join(instance, "disk"));
  make(instance, store.images[1]!);
  const references = await referencesToOlder(store);
  expect(references).toContainEqual({
    strength: "hard",
    kind: "disk",
    by: "instance dev",
    source: join(instance, source),
  });
});

test("an additional disk of Lima's on an image needs it", async () => {
  const store = await storeWith(2);
  mkdirSync(join(store.home, "_disks/data"), { recursive: true });
  writeFileSync(join(store.home, "_disks/data/datadisk"), overlay(store.images[1]!.file));
  expect(await referencesToOlder(store)).toMatchObject([{ by: "disk data", kind: "disk", strength: "hard" }]);
});

test.each(["_templates/dev.yaml", "_config/default.yaml", "_templates/team/base.yml"])(
  "a template that names an image is a soft reference: %s",
  async (path) => {
    const store = await storeWith(2);
    mkdirSync(dirname(join(store.home, path)), { recursive: true });
    writeFileSync(join(store.home, path), `images: [{location: ${JSON.stringify(store.images[1]!.file)}}]\n`);
    const by = `template ${path.split("/").at(-1)}`;
    expect(await referencesToOlder(store)).toMatchObject([{ by, kind: "location", strength: "soft" }]);
  },
);

test("another name of the file, in a directory of the user's, needs it", async () => {
  const store = await storeWith(2);
  linkSync(store.images[1]!.file, join(store.home, "_mine"));
  expect(await referencesToOlder(store)).toMatchObject([{ kind: "hard-link", strength: "hard" }]);
});

test("the same file under the name of an instance's disk is told with the instance", async () => {
  const store = await storeWith(2);
  const instance = makeInstance(store.home, "dev");
  rmSync(join(instance, "disk"));
  linkSync(store.images[1]!.file, join(instance, "disk"));
  expect(await referencesToOlder(store)).toMatchObject([
    { kind: "disk", by: "instance dev" },
    { kind: "hard-link" },
  ]);
});

test.skipIf(process.platform !== "linux")("a program that has an image open needs it", async () => {
  const store = await storeWith(2);
  const reader =
    'const { openSync } = require("node:fs"); openSync(process.argv[1]); console.log("open"); setInterval(() => {}, 1e6)';
  const { child } = await startUntilFirstLine([process.execPath, "-e", reader, store.images[1]!.file]);
  expect(await referencesToOlder(store)).toEqual([
    { strength: "hard", kind: "open-file", by: `process ${child.pid}`, source: store.images[1]!.file },
  ]);
});

test("our own open files are no reference", async () => {
  const store = await storeWith(2);
  const file = openSync(store.images[1]!.file, "r");
  try {
    expect(await referencesToOlder(store)).toEqual([]);
  } finally {
    closeSync(file);
  }
});

test("instances that have nothing to do with an image do not need it", async () => {
  const store = await storeWith(2);
  makeInstance(store.home, "dev", { disk: rawDisk() });
  makeInstance(store.home, "old", { disk: overlay("basedisk") });
  makeInstance(store.home, "remote", {
    disk: overlay("nbd://localhost/x"),
    yaml: "images: [{location: https://x/y.qcow2}]\n",
  });
  writeFileSync(join(store.home, "notes.txt"), store.images[1]!.file);
  symlinkSync("nowhere", join(store.home, "gone"));
  expect(await referencesToOlder(store)).toEqual([]);
});

test.each<[string, (instance: string) => void]>([
  ["its lima.yaml is no YAML", (instance) => writeFileSync(join(instance, "lima.yaml"), "images: [}")],
  ["its lima.yaml is empty", (instance) => writeFileSync(join(instance, "lima.yaml"), "")],
  ["its lima.yaml is missing", (instance) => rmSync(join(instance, "lima.yaml"))],
  [
    "its lima.yaml is a directory",
    (instance) => {
      rmSync(join(instance, "lima.yaml"));
      mkdirSync(join(instance, "lima.yaml"));
    },
  ],
  ["its lima.yaml is huge", (instance) => truncateSync(join(instance, "lima.yaml"), 17 * 1024 * 1024)],
  ["its disks stand on each other", (instance) => writeFileSync(join(instance, "disk"), overlay("disk"))],
  ["its disk is cut off", (instance) => truncateSync(join(instance, "disk"), 40)],
  [
    "its disk names what we do not understand",
    (instance) => writeFileSync(join(instance, "disk"), overlay('json:{"a":1}')),
  ],
  [
    "the name of its backing file is cut off",
    (instance) =>
      writeFileSync(
        join(instance, "disk"),
        qcow2([
          [8, 8, 2n ** 40n],
          [16, 4, 9],
        ]),
      ),
  ],
])("nothing is planned when of an instance cannot be told what it needs: %s", async (_, damage) => {
  const store = await storeWith(2);
  damage(makeInstance(store.home, "dev", { disk: qcow2() }));
  await expect(referencesToOlder(store)).rejects.toMatchObject({
    code: "INSTANCE_UNREADABLE",
    message: expect.stringContaining("instance dev") as string,
  });
});

test("all instances that cannot be read are named at once", async () => {
  const store = await storeWith(2);
  for (const each of ["a", "b"]) rmSync(join(makeInstance(store.home, each), "lima.yaml"));
  const error = await referencesToOlder(store).catch((reason: { details: object }) => reason);
  expect(error).toMatchObject({ details: { unreadable: [{ by: "instance a" }, { by: "instance b" }] } });
});

test.skipIf(process.getuid?.() === 0)("an instance of another user stops everything", async () => {
  const store = await storeWith(2);
  const instance = makeInstance(store.home, "dev");
  for (const path of [join(instance, "disk"), join(instance, "lima.yaml"), instance]) {
    chmodSync(path, 0);
    await expect(referencesToOlder(store)).rejects.toMatchObject({ code: "INSTANCE_UNREADABLE" });
    chmodSync(path, 0o700);
  }
});

test("a FIFO where a disk should be is not waited for", async () => {
  const store = await storeWith(2);
  const instance = makeInstance(store.home, "dev");
  rmSync(join(instance, "disk"));
  execFileSync("mkfifo", [join(instance, "disk")]);
  expect(await referencesToOlder(store)).toEqual([]);
});

test("the homes to look at are the one above the images and the one of the environment", async () => {
  const store = await storeWith(2);
  const elsewhere = await storeWith(0);
  makeInstance(elsewhere.home, "far", {
    yaml: `images: [{location: ${JSON.stringify(store.images[1]!.file)}}]\n`,
  });
  expect(await referencesToOlder(store)).toEqual([]);
  const { directory } = store;
  const plan = await planPrune({
    directory,
    keepNewest: 1,
    env: { HOME: "/none", LIMA_HOME: elsewhere.home },
  });
  expect(plan.limaHomes).toEqual([store.home, elsewhere.home]);
  expect(plan.items[1]!.references).toMatchObject([{ by: "instance far" }]);
  const only = await planPrune({ directory, keepNewest: 1, limaHomes: [store.home], env: store.env });
  expect(only.items[1]!.verdict).toBe("remove");
});
