import { Readable } from "node:stream";

import { throwIfAborted } from "../errors/from-system.ts";
import { ImageStoreError } from "../errors/image-store-error.ts";
import { createEmitter } from "../events/emitter.ts";
import { showImage } from "../show.ts";
import { openSource } from "../source/open-source.ts";
import { findEntry, type ImageChoice } from "../store/find-entry.ts";
import type { StoredImage } from "../stored-image.ts";
import { verifyEntry } from "../verify/verify-entry.ts";
import { formatOciReference, type OciReference } from "./address/oci-reference.ts";
import { parseAddress } from "./address/parse-address.ts";
import { fetchManifest } from "./artifact/fetch-manifest.ts";
import { writeImageConfig } from "./artifact/image-config.ts";
import { digestOf, writeImageManifest } from "./artifact/image-manifest.ts";
import { openHttpClient } from "./http/http-client.ts";
import { withRetries, type RetryOptions } from "./http/with-retries.ts";
import type { PushOptions, PushResult } from "./push-options.ts";
import { readPieces } from "./read-pieces.ts";
import { openRegistry, type Registry } from "./registry/open-registry.ts";
import { pushBlob } from "./registry/push-blob.ts";
import { pushManifest } from "./registry/push-manifest.ts";
import { remoteDefaults } from "./remote-options.ts";

const defaultChunkBytes = 64 * 1024 ** 2;

/** Sends what the registry does not have: the image, its record, and then the tag. */
export async function runPush(options: PushOptions): Promise<PushResult> {
  const { signal, env = process.env } = options;
  const emit = createEmitter(options.onEvent);
  const { reference, tag } = parseTarget(options.url);
  throwIfAborted(signal);
  const image = await showImage(options);
  const {
    silenceTimeoutMs = remoteDefaults.silenceTimeoutMs,
    retries = remoteDefaults.retries,
    retryDelayMs = remoteDefaults.retryDelayMs,
  } = options;
  const client = openHttpClient({ silenceTimeoutMs, env, signal });
  const source = await openSource(image.file, { followLink: false });
  try {
    const retry = { retries, retryDelayMs, signal, emit };
    const { credentials, plainHttp } = options;
    const registry = openRegistry(client, reference, {
      actions: "pull,push",
      credentials,
      plainHttp,
      env,
      signal,
    });
    const config = writeImageConfig(image);
    const manifest = writeImageManifest(image, config);
    const manifestDigest = digestOf(manifest);
    const { registry: host, repository } = reference;
    const result = {
      image,
      manifestDigest,
      url: `oci://${formatOciReference({ registry: host, repository, digest: manifestDigest })}`,
    };
    if ((await digestOfTag(registry, tag, retry)) === manifestDigest) {
      return { ...result, outcome: "unchanged", uploadedBytes: 0 };
    }
    const beforeUpload = () => checkStored({ ...options, generation: image.generation }, signal, emit);
    if (options.dryRun) {
      await beforeUpload();
      return { ...result, outcome: "pushed", uploadedBytes: 0 };
    }

    const { chunkBytes = defaultChunkBytes } = options;
    const onRead = (doneBytes: number) => emit({ type: "upload", doneBytes, totalBytes: image.bytes });
    const uploadedBytes = await pushBlob(
      registry,
      {
        digest: `sha256:${image.sha256}`,
        bytes: image.bytes,
        open: (start, end) => readPieces(source, start, end, onRead),
      },
      { chunkBytes, retry, beforeUpload },
    );
    await source.checkUnchanged();
    const open = (start: number, end: number) => Readable.from([config.subarray(start, end)]);
    await pushBlob(registry, { digest: digestOf(config), bytes: config.length, open }, { chunkBytes, retry });
    await withRetries(`tag ${options.url}`, retry, () => pushManifest(registry, tag, manifest));
    return { ...result, outcome: "pushed", uploadedBytes };
  } finally {
    await source.close();
    await client.close();
  }
}

function parseTarget(url: string): { reference: OciReference; tag: string } {
  const address = parseAddress(url);
  if (
    address.kind === "oci" &&
    address.reference.tag !== undefined &&
    address.reference.digest === undefined
  ) {
    return { reference: address.reference, tag: address.reference.tag };
  }
  const reason =
    address.kind === "oci" ? "its digest is not known before" : "only OCI registries are pushed to";
  throw new ImageStoreError({
    code: "BAD_URL",
    message: `no image is pushed to ${address.shown}: ${reason}`,
    hint: "Write oci://registry/repository:tag.",
    details: { url: address.shown, reason },
  });
}

/** What a tag leads to; undefined for one that is not there, cannot be read, or may not be. */
async function digestOfTag(
  registry: Registry,
  tag: string,
  retry: RetryOptions,
): Promise<string | undefined> {
  try {
    return (await withRetries(`find ${registry.name}:${tag}`, retry, () => fetchManifest(registry, tag)))
      .digest;
  } catch (error) {
    for (const code of ["REMOTE_NOT_FOUND", "REMOTE_ANSWER_BAD", "REMOTE_UNAUTHORIZED"] as const) {
      if (ImageStoreError.is(error, code)) return undefined;
    }
    throw error;
  }
}

async function checkStored(
  choice: ImageChoice,
  signal: AbortSignal | undefined,
  emit: RetryOptions["emit"],
): Promise<void> {
  const { image, ok, problems } = await verifyEntry(await findEntry(choice), signal, emit);
  if (!ok) throw damaged(image, problems);
}

function damaged(image: StoredImage, problems: readonly string[]): ImageStoreError {
  return new ImageStoreError({
    code: "IMAGE_DAMAGED",
    message: `generation ${image.generation} of ${image.name} is not pushed, since it is not what was stored: ${problems[0]}`,
    hint: "Install or pull the image again.",
    details: { file: image.file, expected: image.sha256, problems },
  });
}
