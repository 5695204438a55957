import { withRetries } from "../http/with-retries.ts";
import type { Blob, PushBlobOptions } from "./blob.ts";
import type { Registry } from "./open-registry.ts";
import { Upload } from "./upload.ts";

/**
 * Gives a registry content that it does not have yet (OCI distribution specification, "Pushing blobs"): what is larger
 * than a chunk chunk by chunk, from where the registry says it is after a cut; as a whole where it takes no chunks. The
 * registry compares the digest. Gives the bytes that were sent.
 *
 * @throws ImageStoreError DIGEST_MISMATCH, REMOTE_FAILED, REMOTE_UNAUTHORIZED, REMOTE_REFUSED, REMOTE_ANSWER_BAD, ABORTED, and what
 *   `beforeUpload` throws
 */
export async function pushBlob(registry: Registry, blob: Blob, options: PushBlobOptions): Promise<number> {
  const upload = new Upload(registry, blob, options);
  let failedAtBytes = 0;
  const hasProgressed = () => {
    const further = upload.doneBytes > failedAtBytes;
    failedAtBytes = Math.max(failedAtBytes, upload.doneBytes);
    return further;
  };
  await withRetries(`upload to ${registry.name}`, options.retry, () => upload.run(), hasProgressed);
  return upload.sentBytes;
}
