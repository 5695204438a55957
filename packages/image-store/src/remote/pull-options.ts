import type { StoredImage } from "../stored-image.ts";
import type { ImageArchitecture } from "./artifact/choose-platform.ts";
import type { RemoteOptions } from "./remote-options.ts";

export interface PullOptions extends RemoteOptions {
  /** Where the store is; made when it is not there. See `imagesDirectory`. */
  directory: string;
  /** The name that the image gets in the store; see `checkImageName`. */
  name: string;
  /** `https://…` or `http://…` of an image file, or `oci://registry/repository:tag` (or `@sha256:…`). */
  url: string;
  /** SHA-256 of the image file, in hex. Needed but for `oci://`, where it is compared with what the registry says. */
  sha256?: string | undefined;
  /** Name of the file, where an OCI artifact has several. */
  file?: string | undefined;
  /** Which image of an OCI index; by default the one for this machine. */
  architecture?: ImageArchitecture | undefined;
  /** Says that the image is a raw disk, for one without a partition table; by default the content tells. */
  format?: "raw" | undefined;
  /** Keeps the disk of a qcow2 image also as a raw file beside it; by default not. See `installImage`. */
  withRaw?: boolean | undefined;
  /** Time that the file name and the manifest carry; by default now. */
  now?: Date | undefined;
  /**
   * How long to wait for another process: 10 minutes for one that uses the store, and without end for one that downloads
   * the same image.
   */
  lockTimeoutMs?: number | undefined;
}

export interface PullResult {
  image: StoredImage;
  /** "unchanged": the latest generation is the same image, nothing was written. */
  outcome: "installed" | "unchanged";
  /** Bytes of the image that came over the network; 0 when the store had it already. */
  downloadedBytes: number;
  /** Of the OCI manifest: the name of just this image, in any registry. */
  manifestDigest?: string;
}
