import type { RemoteOptions } from "./remote/remote-options.ts";
import { runPush } from "./remote/run-push.ts";
import type { ImageChoice } from "./store/find-entry.ts";
import type { StoredImage } from "./stored-image.ts";

export interface PushOptions extends ImageChoice, RemoteOptions {
  /** `oci://registry/repository:tag`. A tag that is there already is moved. */
  url: string;
  /** Images above this size are sent in pieces of it, so that a cut costs one piece; 64 MiB by default. */
  chunkBytes?: number | undefined;
  /** Check everything, send nothing, and tell what would be; by default false. */
  dryRun?: boolean | undefined;
}

export interface PushResult {
  image: StoredImage;
  /** "unchanged": the tag leads to this image already. */
  outcome: "pushed" | "unchanged";
  /** Of the OCI manifest. The same image and provenance have the same one, whoever pushes them. */
  manifestDigest: string;
  /** `oci://registry/repository@sha256:…`: what never leads to another image. */
  url: string;
  /** Bytes of the image that were sent; 0 when the registry had them already. */
  uploadedBytes: number;
}

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
