import type { Readable } from "node:stream";

import type { RetryOptions } from "../http/with-retries.ts";

/** Content that a registry is to have. */
export interface Blob {
  /** `sha256:` and 64 hexadecimal digits. */
  digest: string;
  bytes: number;
  /** Opens the bytes from `start` to before `end`. */
  open(start: number, end: number): Readable;
}

export interface PushBlobOptions {
  chunkBytes: number;
  retry: RetryOptions;
  /** Called before the first byte is sent; not at all when the registry has the content. */
  beforeUpload?: (() => Promise<void>) | undefined;
}
