import { throwIfAborted } from "./errors/from-system.ts";
import { createEmitter } from "./events/emitter.ts";
import type { StoreEvent } from "./events/store-event.ts";
import { checkImageName } from "./names/check-image-name.ts";
import { findEntry, type ImageChoice } from "./store/find-entry.ts";
import { readStore } from "./store/read-store.ts";
import { brokenImage } from "./verify/broken-image.ts";
import { findLinkProblems } from "./verify/link-problems.ts";
import { verifyEntry, type VerifyResult } from "./verify/verify-entry.ts";

export type { VerifyResult };

export interface VerifyOptions {
  signal?: AbortSignal | undefined;
  onEvent?: ((event: StoreEvent) => void) | undefined;
}

/**
 * Reads one image to its end and compares it with its manifest; by default the latest generation. An image with problems is
 * a result, not an error. Nothing is changed.
 *
 * @throws ImageStoreError BAD_NAME, IMAGE_NOT_FOUND, NO_LATEST, MANIFEST_UNREADABLE, ABORTED
 */
export async function verifyImage(options: ImageChoice & VerifyOptions): Promise<VerifyResult> {
  const entry = await findEntry(options);
  return await verifyEntry(entry, options.signal, createEmitter(options.onEvent));
}

/**
 * Verifies every image of the store, or of one name, also those whose manifest cannot be read (`generation` is 0 then), and
 * the latest links: what is wrong with a link is told with the newest generation. In the order of `listImages`.
 *
 * @throws ImageStoreError BAD_NAME, ABORTED
 */
export async function verifyImages(
  options: { directory: string; name?: string | undefined } & VerifyOptions,
): Promise<VerifyResult[]> {
  const { directory, name, signal } = options;
  if (name !== undefined) checkImageName(name);
  const content = await readStore(directory, name);
  const linkProblems = await findLinkProblems(directory, content);
  const emit = createEmitter(options.onEvent);
  const results: VerifyResult[] = [];
  for (const entry of content.entries) {
    throwIfAborted(signal);
    const result = await verifyEntry(entry, signal, emit);
    const problems = [...result.problems, ...(linkProblems.get(entry.manifest.name) ?? [])];
    linkProblems.delete(entry.manifest.name);
    results.push({ ...result, problems, ok: problems.length === 0 });
  }
  for (const record of content.broken) {
    results.push({
      image: await brokenImage(directory, record),
      ok: false,
      problems: [record.error.message],
    });
  }
  return results;
}
