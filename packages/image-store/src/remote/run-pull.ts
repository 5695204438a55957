import { realpath } from "node:fs/promises";

import { throwIfAborted } from "../errors/from-system.ts";
import { createEmitter, type Emit } from "../events/emitter.ts";
import { checkImageName } from "../names/check-image-name.ts";
import type { PullOptions, PullResult } from "../pull.ts";
import { readLatestLinks } from "../store/latest-link.ts";
import { readStore } from "../store/read-store.ts";
import { withStoreLock } from "../store/with-store-lock.ts";
import { prepareStore, removeQuietly } from "../store/work-area.ts";
import { parseAddress } from "./address/parse-address.ts";
import { parseSha256 } from "./address/parse-sha256.ts";
import { ownArchitecture } from "./artifact/choose-platform.ts";
import { copyStored } from "./copy-stored.ts";
import { downloadFile } from "./download/download-file.ts";
import {
  downloadPlace,
  prepareDownloads,
  sweepDownloads,
  withDownloadLock,
} from "./download/download-area.ts";
import { findRemoteImage, type RemoteImage } from "./find-remote-image.ts";
import { openHttpClient } from "./http/http-client.ts";
import type { RetryOptions } from "./http/with-retries.ts";
import { findSame, publishPart, type PartToPublish, type PublishedImage } from "./publish-part.ts";
import { remoteDefaults } from "./remote-options.ts";
import { judgeDownload, takeDownload } from "./take-download.ts";

/** Finds the image, looks whether the store has it, downloads it if not, and publishes it. */
export async function runPull(options: PullOptions): Promise<PullResult> {
  const { signal, env = process.env } = options;
  const emit = createEmitter(options.onEvent);
  checkImageName(options.name);
  const address = parseAddress(options.url);
  const sha256 = options.sha256 === undefined ? undefined : parseSha256(options.sha256);
  throwIfAborted(signal);
  const {
    silenceTimeoutMs = remoteDefaults.silenceTimeoutMs,
    retries = remoteDefaults.retries,
    retryDelayMs = remoteDefaults.retryDelayMs,
  } = options;
  const client = openHttpClient({ silenceTimeoutMs, env, signal });
  try {
    const retry = { retries, retryDelayMs, signal, emit };
    const remote = await findRemoteImage(client, address, sha256, {
      retry,
      registry: { credentials: options.credentials, plainHttp: options.plainHttp, env, signal },
      file: options.file,
      architecture: options.architecture ?? ownArchitecture(),
    });
    tellFound(remote, emit);
    return { ...(await store(remote, options, retry)), ...manifestDigestOf(remote) };
  } finally {
    await client.close();
  }
}

async function store(
  remote: RemoteImage,
  options: PullOptions,
  retry: RetryOptions,
): Promise<PublishedImage & { downloadedBytes: number }> {
  const { name, signal, now } = options;
  const { emit } = retry;
  const { file, provenance } = remote;
  const { sha256 } = file;
  const stored = await readStore(options.directory);
  const entries = stored.entries.filter((entry) => entry.manifest.name === name);
  const same = await findSame({ ...stored, entries }, sha256, signal);
  if (same?.image.latest) return { image: same.image, outcome: "unchanged", downloadedBytes: 0 };

  await prepareStore(options.directory);
  const directory = await realpath(options.directory);
  const area = await prepareStore(directory);
  // What would be refused in the end is refused before the download.
  await readLatestLinks(directory, name);
  const wanted: PartToPublish = { name, sha256, provenance, now, signal, emit };

  const candidate = stored.entries.find(
    ({ manifest, found }) => manifest.sha256 === sha256 && found !== undefined,
  );
  if (candidate !== undefined) {
    const copied = await withStoreLock({ ...options, directory }, emit, (locked) =>
      publishPart(locked, wanted, () => copyStored(candidate, locked.area, { directory, signal, emit })),
    );
    if (copied !== undefined) return { ...copied, downloadedBytes: 0 };
  }

  const downloads = await prepareDownloads(area);
  await sweepDownloads(downloads, new Date());
  const place = downloadPlace(downloads, sha256);
  return await withDownloadLock(place, { signal, timeoutMs: options.lockTimeoutMs, emit }, async () => {
    // Another process may have downloaded it while we waited for it.
    const theirs = await findSame(await readStore(directory, name), sha256, signal);
    if (theirs?.image.latest) return { image: theirs.image, outcome: "unchanged", downloadedBytes: 0 };
    const downloadedBytes = await downloadFile(file, place, { ...retry, directory });
    const judged = await judgeDownload(place, file.shown, options.format === "raw");
    const published = await withStoreLock({ ...options, directory }, emit, (locked) =>
      publishPart(locked, wanted, () => takeDownload(place, judged, locked.area)),
    );
    // Not taken when another process has published it meanwhile.
    await removeQuietly(place.part, place.record);
    return { ...published!, downloadedBytes };
  });
}

function tellFound({ file, manifestDigest }: RemoteImage, emit: Emit): void {
  emit({
    type: "found",
    url: file.shown,
    sha256: file.sha256,
    ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
    ...(manifestDigest === undefined ? {} : { manifestDigest }),
  });
}

function manifestDigestOf({ manifestDigest }: RemoteImage): { manifestDigest?: string } {
  return manifestDigest === undefined ? {} : { manifestDigest };
}
