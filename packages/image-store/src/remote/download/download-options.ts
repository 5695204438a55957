import type { RetryOptions } from "../http/with-retries.ts";

export interface DownloadOptions extends RetryOptions {
  /** Where space is checked. */
  directory: string;
}
