import { FilesError } from "@sysinit-internal/files";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";

import { fromStoreRead } from "../errors/from-system.ts";
import { ImageStoreError } from "../errors/image-store-error.ts";
import { readManifest, type Manifest } from "../manifest/manifest.ts";
import { imageOfManifest, latestLinkName, parseImageFileName } from "../names/file-names.ts";
import type { StoredImage, StoredRawDisk } from "../stored-image.ts";
import { readLatestLinks, type LatestLink } from "./latest-link.ts";

/** A generation with its record, as found. */
export interface StoreEntry {
  manifest: Manifest;
  image: StoredImage;
  /** Of the image file; undefined when it is missing. */
  found: { bytes: number; modifiedNs: string } | undefined;
}

/** A manifest that could not be read. */
export interface BrokenRecord {
  name: string;
  manifestFile: string;
  imageFile: string;
  error: FilesError;
}

/** All that the store knows of its images, or of those of one name. */
export interface StoreContent {
  /** By name, then newest generation first. */
  entries: StoreEntry[];
  broken: BrokenRecord[];
  /** By name. */
  links: Map<string, LatestLink[]>;
}

/**
 * Reads the store without a lock: everything in it appears and changes in one step. The links are read first: an install
 * that ends meanwhile then shows as not there yet, never as a link to an unknown image. A missing directory is empty.
 */
export async function readStore(givenDirectory: string, onlyName?: string): Promise<StoreContent> {
  // Paths of images are real ones: on a Mac, Lima clones a link as a link.
  const directory = await realpath(givenDirectory).catch(() => givenDirectory);
  const content: StoreContent = { entries: [], broken: [], links: new Map() };
  const names = new Set((await listManifests(directory)).map((manifest) => manifest.name));
  for (const name of names) {
    if (onlyName === undefined || name === onlyName)
      content.links.set(name, await linksForReading(directory, name));
  }
  for (const manifest of await listManifests(directory)) {
    if (content.links.has(manifest.name)) await readInto(content, directory, manifest);
  }
  content.entries.sort(
    (a, b) => compareNames(a.manifest, b.manifest) || b.manifest.generation - a.manifest.generation,
  );
  for (const [name, links] of content.links) markLatest(content.entries, name, links);
  return content;
}

interface FoundManifest {
  name: string;
  manifestFile: string;
  imageFile: string;
}

async function listManifests(directory: string): Promise<FoundManifest[]> {
  return (await readNames(directory)).flatMap((manifestFile) => {
    const imageFile = imageOfManifest(manifestFile);
    const name = imageFile === undefined ? undefined : parseImageFileName(imageFile)?.name;
    return imageFile === undefined || name === undefined ? [] : [{ name, manifestFile, imageFile }];
  });
}

async function readInto(content: StoreContent, directory: string, found: FoundManifest): Promise<void> {
  const manifestFile = join(directory, found.manifestFile);
  try {
    content.entries.push(await entryFor(directory, await readManifest(manifestFile)));
  } catch (error) {
    // Removed since the directory was read.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    if (!FilesError.is(error)) throw fromStoreRead(error, manifestFile);
    content.broken.push({
      name: found.name,
      manifestFile,
      imageFile: join(directory, found.imageFile),
      error,
    });
  }
}

async function readNames(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw fromStoreRead(error, directory);
  }
}

async function linksForReading(directory: string, name: string): Promise<LatestLink[]> {
  try {
    return await readLatestLinks(directory, name);
  } catch (error) {
    // Who only reads is not hindered by it: there is no latest link then.
    if (ImageStoreError.is(error, "LATEST_NOT_A_LINK")) return [];
    throw error;
  }
}

/** An entry for a manifest: what of it is on the disk. */
export async function entryFor(directory: string, manifest: Manifest): Promise<StoreEntry> {
  const { name, generation, format, bytes, virtualBytes, sha256, installedAt, provenance } = manifest;
  const file = join(directory, manifest.file);
  const stats = await stat(file, { bigint: true }).catch(() => undefined);
  const raw = await rawDisk(directory, manifest);
  const image: StoredImage = {
    name,
    generation,
    file,
    format,
    bytes,
    allocatedBytes: stats === undefined ? 0 : Number(stats.blocks) * 512,
    virtualBytes,
    sha256,
    installedAt,
    latest: false,
    latestLink: join(directory, latestLinkName(name, format)),
    ...(raw === undefined ? {} : { raw }),
    ...(provenance === undefined ? {} : { provenance }),
  };
  const found = stats?.isFile()
    ? { bytes: Number(stats.size), modifiedNs: stats.mtimeNs.toString() }
    : undefined;
  return { manifest, image, found };
}

async function rawDisk(directory: string, { raw }: Manifest): Promise<StoredRawDisk | undefined> {
  if (raw === undefined) return undefined;
  const file = join(directory, raw.file);
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  return { file, bytes: raw.bytes, allocatedBytes: stats.blocks * 512, sha256: raw.sha256 };
}

// Two links are left only by a kill between making the new one and removing the old one.
function markLatest(entries: readonly StoreEntry[], name: string, links: readonly LatestLink[]): void {
  const linked = entries.filter(
    ({ manifest, found }) =>
      found !== undefined && manifest.name === name && links.some((link) => link.file === manifest.file),
  );
  if (linked[0] !== undefined) linked[0].image.latest = true;
}

function compareNames(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
