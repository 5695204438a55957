import type { ImageChoice } from "../store/find-entry.ts";
import type { StoredImage } from "../stored-image.ts";
import type { RemoteOptions } from "./remote-options.ts";

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
