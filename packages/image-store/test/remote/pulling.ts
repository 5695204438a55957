import { createHash, randomBytes } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

import {
  installImage,
  pullImage,
  type ImageStoreError,
  type PullOptions,
  type PullResult,
  type StoreEvent,
} from "../../src/index.ts";
import { qcow2 } from "../images.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

export const name = "lima-minimal";
export const mebibyte = 1024 ** 2;

/** The address of an image where nothing listens. */
export const nowhere = "http://127.0.0.1:9/nixos.qcow2";

/** A valid image whose content no other one has. */
export function newImage(payloadBytes = 300 * 1024): Buffer {
  return qcow2([], randomBytes(payloadBytes));
}

export function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A store, and pulls into it that are tried again at once. */
export function pullingStore(directory = join(temporaryDirectory(), "_images")) {
  const events: StoreEvent[] = [];
  const pull = async (options: Pick<PullOptions, "url"> & Partial<PullOptions>): Promise<PullResult> =>
    await pullImage({
      directory,
      name,
      retryDelayMs: 1,
      // Nothing of the machine that the tests run on.
      env: {},
      ...options,
      onEvent(event) {
        events.push(event);
        options.onEvent?.(event);
      },
    });
  const fail = async (options: Pick<PullOptions, "url"> & Partial<PullOptions>): Promise<ImageStoreError> => {
    const error: unknown = await pull(options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: "ImageStoreError" });
    return error as ImageStoreError;
  };
  return { directory, events, pull, fail, downloads: () => downloadsIn(directory) };
}

/** The same, with two generations of an image in it. */
export async function storeOfTwo() {
  const store = pullingStore();
  const [older, newer] = [newImage(), newImage()];
  const source = join(temporaryDirectory(), "image");
  for (const content of [older, newer]) {
    writeFileSync(source, content);
    await installImage({ directory: store.directory, name, source });
  }
  return { ...store, older, newer };
}

/** What the store keeps of downloads that are not finished. */
export function downloadsIn(directory: string): string[] {
  return readdirSync(join(directory, ".image-store/downloads")).sort();
}
