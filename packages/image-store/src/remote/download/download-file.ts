import { ImageStoreError } from "../../errors/image-store-error.ts";
import { removeQuietly } from "../../store/work-area.ts";
import type { HttpAnswer } from "../http/http-client.ts";
import type { RetryOptions } from "../http/with-retries.ts";
import { Download } from "./download.ts";
import type { DownloadPlace } from "./download-area.ts";
import { PartFile } from "./part-file.ts";
import { readPartRecord } from "./part-record.ts";

/** A file on a server whose SHA-256 is known. */
export interface RemoteFile {
  /** Its address, without credentials and query. */
  readonly shown: string;
  readonly sha256: string;
  /** Its size, where it is known from elsewhere than the server that sends it. */
  readonly bytes?: number | undefined;
  /**
   * Asks for it, with the headers of a range. Gives an answer with status 200, 206 or 416.
   *
   * @throws ImageStoreError; TransientFailure
   */
  open(headers: Readonly<Record<string, string>>): Promise<HttpAnswer>;
}

export interface DownloadOptions extends RetryOptions {
  /** Where space is checked. */
  directory: string;
}

/**
 * Downloads a file into its part until the part has the SHA-256 of the file, and is on the disk. Goes on with what is
 * there; begins again where the server cannot, the file has changed, or what was put together has another digest. Holds
 * one MiB in memory. What may serve the next attempt is kept; what cannot is removed. Gives the bytes that came.
 *
 * @throws ImageStoreError DIGEST_MISMATCH, NOT_AN_IMAGE, DISK_FULL, REMOTE_FAILED, REMOTE_NOT_FOUND, REMOTE_UNAUTHORIZED,
 *   REMOTE_REFUSED, REMOTE_ANSWER_BAD, REDIRECT_REFUSED, ABORTED, IO_FAILED
 */
export async function downloadFile(
  remote: RemoteFile,
  place: DownloadPlace,
  options: DownloadOptions,
): Promise<number> {
  const { signal, emit } = options;
  const record = await readPartRecord(place.record);
  const onHash = (doneBytes: number, totalBytes: number) => emit({ type: "hash", doneBytes, totalBytes });
  const part = await PartFile.open(place.part, { signal, onHash });
  let keep = false;
  try {
    const download = new Download(remote, place, options, part, record);
    await download.run();
    await part.finish();
    keep = true;
    return download.cameBytes;
  } catch (error) {
    keep = part.bytes > 0 && mayGoOn(error);
    throw error;
  } finally {
    await part.close();
    if (!keep) await removeQuietly(place.part, place.record);
  }
}

/** Whether the part is worth keeping: not when it is of the wrong file, or has filled the disk. */
function mayGoOn(error: unknown): boolean {
  if (!ImageStoreError.is(error)) return true;
  if (error.code === "DISK_FULL") return error.details["errno"] === undefined;
  return !["DIGEST_MISMATCH", "NOT_AN_IMAGE", "REMOTE_ANSWER_BAD"].includes(error.code);
}
