import type { ImageFormat } from "./names/file-names.ts";
import type { Provenance } from "./manifest/provenance.ts";

/** The same disk as a raw file beside a qcow2 image, where it was asked for. */
export interface StoredRawDisk {
  file: string;
  bytes: number;
  allocatedBytes: number;
  sha256: string;
}

/** One generation of an image in the store. */
export interface StoredImage {
  name: string;
  /** 1 for the first, counted up per name and never used again. */
  generation: number;
  /** Path of the image file; it never changes once it is there. */
  file: string;
  format: ImageFormat;
  /** Size of the file. */
  bytes: number;
  /** What the file takes on the disk; less than `bytes` where it has holes. 0 when the file is missing. */
  allocatedBytes: number;
  /** Size of the disk that a VM sees. */
  virtualBytes: number;
  /** SHA-256 of the file, in hex. */
  sha256: string;
  /** ISO 8601, UTC. */
  installedAt: string;
  /** Whether the latest link leads to this generation. */
  latest: boolean;
  /** Path of the latest link of this name. For people: a Lima template names `file` and `sha256`. */
  latestLink: string;
  raw?: StoredRawDisk;
  provenance?: Provenance;
}
