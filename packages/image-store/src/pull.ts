import type { PullOptions, PullResult } from "./remote/pull-options.ts";
import { runPull } from "./remote/run-pull.ts";

/**
 * Brings an image from a web server or an OCI registry into the store. The store is asked first: what it has is not
 * downloaded again. A download that was cut, by the network, an abort or kill -9, goes on where it ended. The image is seen
 * by nobody before its SHA-256 is the one that was asked for and it has passed the checks of an install. Its provenance is
 * the one that `pushImage` sent along, with `pulledFrom`.
 *
 * @throws ImageStoreError BAD_NAME, BAD_URL, BAD_DIGEST (before anything is written), DIGEST_MISMATCH, REMOTE_FAILED,
 *   REMOTE_NOT_FOUND, REMOTE_UNAUTHORIZED, REMOTE_REFUSED, REMOTE_ANSWER_BAD, REDIRECT_REFUSED, CREDENTIALS_UNAVAILABLE,
 *   ARTIFACT_UNUSABLE, NOT_AN_IMAGE, UNSAFE_IMAGE, DISK_FULL, DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE, LATEST_NOT_A_LINK,
 *   LOCKED, ABORTED, IO_FAILED
 */
export async function pullImage(options: PullOptions): Promise<PullResult> {
  return await runPull(options, () => {});
}
