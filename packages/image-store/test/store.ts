import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { installImage, listImages, type StoredImage } from "../src/index.ts";
import { sha256Of, writeImage } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

export const name = "lima-minimal";

/** A store in a home of Lima's that nothing else is in. */
export interface TestStore {
  home: string;
  directory: string;
  /** No other home of Lima is looked at with it. */
  env: { HOME: string; LIMA_HOME: string };
  /** Newest first, as they are listed. */
  images: StoredImage[];
}

/** A store with this many generations of each name; the newest is the current one. */
export async function storeWith(generations: number, names: readonly string[] = [name]): Promise<TestStore> {
  const home = temporaryDirectory();
  const directory = join(home, "_images");
  for (const each of names) {
    for (let generation = 1; generation <= generations; generation++)
      await installImage({ directory, name: each, source: writeImage(join(home, "_source")) });
  }
  const env = { HOME: home, LIMA_HOME: home };
  return { home, directory, env, images: await listImages({ directory }) };
}

/** Generations and which of them is the current one. */
export async function generationsOf(directory: string, of = name): Promise<[number, boolean][]> {
  return (await listImages({ directory, name: of })).map((image) => [image.generation, image.latest]);
}

/** All files below a directory, with the digest of their content. */
export function contents(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(directory.length + 1), sha256Of(path)]),
  );
}

/** An instance of Lima, as far as the store looks at it: its lima.yaml and its disk. */
export function makeInstance(
  home: string,
  instance: string,
  parts: { yaml?: string; disk?: Buffer } = {},
): string {
  const directory = join(home, instance);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "lima.yaml"), parts.yaml ?? "images: [{location: /elsewhere.qcow2}]\n");
  writeFileSync(join(directory, "disk"), parts.disk ?? "a disk");
  return directory;
}
