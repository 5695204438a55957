import type { PullOptions } from "./remote/pull-options.ts";
import { withRemoteImage } from "./remote/with-remote-image.ts";
import { readStore } from "./store/read-store.ts";
import type { StoredImage } from "./stored-image.ts";

/** What a pull would do. */
export interface PullPlan {
  name: string;
  /** Without credentials and query. */
  url: string;
  /** Of the image file, in hex. */
  sha256: string;
  /** Size of the image file; absent for one on a web server, which is not asked. */
  bytes?: number;
  /** Of the OCI manifest. */
  manifestDigest?: string;
  /**
   * "download"; "copy": another name or generation of the store has the image, by its record; "unchanged": it is the latest
   * generation of the name already.
   */
  outcome: "download" | "copy" | "unchanged";
  /** The image of the store, where it has it. */
  image?: StoredImage;
}

/**
 * Plans a pull, and changes nothing: an OCI registry is asked what the reference leads to, a web server nothing. Images of the
 * store are not read; a pull reads the one that it would use, and downloads it again when it is damaged.
 *
 * @throws ImageStoreError BAD_NAME, BAD_URL, BAD_DIGEST, DIGEST_MISMATCH, REMOTE_FAILED, REMOTE_NOT_FOUND, REMOTE_UNAUTHORIZED,
 *   REMOTE_REFUSED, REMOTE_ANSWER_BAD, REDIRECT_REFUSED, CREDENTIALS_UNAVAILABLE, ARTIFACT_UNUSABLE, ABORTED, IO_FAILED
 */
export async function planPull(options: PullOptions): Promise<PullPlan> {
  const { directory, name } = options;
  return await withRemoteImage(options, async ({ file, manifestDigest }) => {
    const { entries } = await readStore(directory);
    const same = entries.filter(
      ({ manifest, found }) => manifest.sha256 === file.sha256 && found !== undefined,
    );
    const latest = same.find(({ image }) => image.name === name && image.latest);
    const image = (latest ?? same[0])?.image;
    return {
      name,
      url: file.shown,
      sha256: file.sha256,
      ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
      ...(manifestDigest === undefined ? {} : { manifestDigest }),
      outcome: latest !== undefined ? "unchanged" : image !== undefined ? "copy" : "download",
      ...(image === undefined ? {} : { image }),
    };
  });
}
