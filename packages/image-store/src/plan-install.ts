import { throwIfAborted } from "./errors/from-system.ts";
import { createEmitter } from "./events/emitter.ts";
import { judgeImage } from "./formats/judge-image.ts";
import type { InstallOptions } from "./install.ts";
import type { ImageFormat } from "./names/file-names.ts";
import { checkImageName } from "./names/check-image-name.ts";
import { findSameImage } from "./publish/find-same-image.ts";
import { openSource } from "./source/open-source.ts";
import { readLatestLinks } from "./store/latest-link.ts";
import { readStore } from "./store/read-store.ts";
import type { StoredImage } from "./stored-image.ts";

export type PlanInstallOptions = Pick<
  InstallOptions,
  "directory" | "name" | "source" | "format" | "signal" | "onEvent"
>;

/** What an install would do. */
export interface InstallPlan {
  name: string;
  source: string;
  format: ImageFormat;
  bytes: number;
  virtualBytes: number;
  /**
   * "copy": the image would be the next generation; "use": the newest generation is the same image, and would be the latest
   * again; "unchanged": it is the latest generation already.
   */
  outcome: "copy" | "use" | "unchanged";
  /** The same image of the store, where it has it. */
  image?: StoredImage;
}

/**
 * Plans an install, and changes nothing: the image is judged, and read to its end only when the store may have it. Whether there
 * is room for it is seen by the install.
 *
 * @throws ImageStoreError BAD_NAME, SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE, SOURCE_UNREADABLE, SOURCE_CHANGED, NOT_AN_IMAGE,
 *   UNSAFE_IMAGE, LATEST_NOT_A_LINK, ABORTED, IO_FAILED
 */
export async function planInstall(options: PlanInstallOptions): Promise<InstallPlan> {
  const { directory, name, signal } = options;
  const emit = createEmitter(options.onEvent);
  checkImageName(name);
  throwIfAborted(signal);
  const source = await openSource(options.source, { followLink: false });
  try {
    const { format, virtualBytes } = await judgeImage(source, options.format === "raw");
    await readLatestLinks(directory, name);
    const totalBytes = source.bytes;
    const onProgress = (doneBytes: number) => emit({ type: "hash", doneBytes, totalBytes });
    const same = await findSameImage(source, await readStore(directory, name), { signal, onProgress });
    const plan = { name, source: options.source, format, bytes: source.bytes, virtualBytes };
    if (same === undefined) return { ...plan, outcome: "copy" };
    return { ...plan, outcome: same.image.latest ? "unchanged" : "use", image: same.image };
  } finally {
    await source.close();
  }
}
