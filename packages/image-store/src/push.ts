import type { PushOptions, PushResult } from "./remote/push-options.ts";
import { runPush } from "./remote/run-push.ts";

/**
 * Puts an image of the store into an OCI registry: the image file as it is, as the one layer of an artifact, with its
 * provenance. `pullImage` gets it, and so does `oras pull`. The image is read again before it is sent; one that is no longer
 * what was stored is not. The tag is moved last.
 *
 * @throws ImageStoreError BAD_NAME, BAD_URL, IMAGE_NOT_FOUND, NO_LATEST, MANIFEST_UNREADABLE, IMAGE_DAMAGED, DIGEST_MISMATCH, SOURCE_CHANGED,
 *   REMOTE_FAILED, REMOTE_NOT_FOUND, REMOTE_UNAUTHORIZED, REMOTE_REFUSED, REMOTE_ANSWER_BAD, CREDENTIALS_UNAVAILABLE, ABORTED
 */
export async function pushImage(options: PushOptions): Promise<PushResult> {
  return await runPush(options);
}
