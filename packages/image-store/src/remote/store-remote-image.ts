import { realpath } from "node:fs/promises";

import { readLatestLinks } from "../store/latest-link.ts";
import { readStore } from "../store/read-store.ts";
import { withStoreLock } from "../store/with-store-lock.ts";
import { prepareStore, removeQuietly } from "../store/work-area.ts";
import { copyStored } from "./copy-stored.ts";
import {
  downloadPlace,
  prepareDownloads,
  sweepDownloads,
  withDownloadLock,
} from "./download/download-area.ts";
import { downloadFile } from "./download/download-file.ts";
import type { RemoteImage } from "./find-remote-image.ts";
import type { RetryOptions } from "./http/with-retries.ts";
import { findSame, publishUnlessSame, type PublishedImage } from "./publish-unless-same.ts";
import type { PullOptions } from "./pull-options.ts";
import type { OnPullStep } from "./pull-steps.ts";
import { judgeDownload, takeDownload } from "./take-download.ts";

type Stored = PublishedImage & { downloadedBytes: number };

/** Makes a remote image one of the store: from what the store has, else by a download. */
export async function storeRemoteImage(
  remote: RemoteImage,
  options: PullOptions,
  retry: RetryOptions,
  onStep: OnPullStep,
): Promise<Stored> {
  const { name, signal, now, withRaw } = options;
  const { emit } = retry;
  const { file, provenance } = remote;
  const { sha256 } = file;
  const wanted = { name, sha256, provenance, withRaw, now, signal, emit, onStep };

  const fromStore = async (directory: string): Promise<Stored | undefined> => {
    const content = await readStore(directory);
    const entries = content.entries.filter(({ manifest }) => manifest.name === name);
    const same = await findSame({ ...content, entries }, sha256, signal);
    const lacksRaw = withRaw === true && same?.image.format === "qcow2" && same.image.raw === undefined;
    if (same?.image.latest && !lacksRaw)
      return { image: same.image, outcome: "unchanged", downloadedBytes: 0 };
    for (const entry of content.entries) {
      if (entry.manifest.sha256 !== sha256 || entry.found === undefined) continue;
      const copied = await withStoreLock({ ...options, directory }, emit, (locked) =>
        publishUnlessSame(locked, wanted, () => copyStored(entry, locked.area, { directory, signal, emit })),
      );
      if (copied !== undefined) return { ...copied, downloadedBytes: 0 };
    }
    return undefined;
  };

  const found = await fromStore(options.directory);
  if (found !== undefined) return found;
  await prepareStore(options.directory);
  const directory = await realpath(options.directory);
  const area = await prepareStore(directory);
  // What would be refused in the end is refused before the download.
  await readLatestLinks(directory, name);

  const downloads = await prepareDownloads(area);
  await sweepDownloads(downloads, new Date());
  const place = downloadPlace(downloads, sha256);
  return await withDownloadLock(place, { signal, timeoutMs: options.lockTimeoutMs, emit }, async () => {
    // Another process may have downloaded it while we waited for it.
    const theirs = await fromStore(directory);
    if (theirs !== undefined) return theirs;
    const downloadedBytes = await downloadFile(file, place, { ...retry, directory });
    const judged = await judgeDownload(place, file.shown, options.format === "raw");
    await onStep("downloaded");
    const published = await withStoreLock({ ...options, directory }, emit, (locked) =>
      publishUnlessSame(locked, wanted, async () => {
        const part = await takeDownload(place, judged, sha256, locked.area);
        await onStep("taken");
        return part;
      }),
    );
    // Not taken when another process has published it meanwhile.
    await removeQuietly(place.part, place.record);
    return { ...published!, downloadedBytes };
  });
}
