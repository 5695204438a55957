import { ImageStoreError } from "../../errors/image-store-error.ts";
import { removeQuietly } from "../../store/work-area.ts";
import type { DownloadPlace } from "./download-area.ts";
import type { DownloadOptions } from "./download-options.ts";
import { Download } from "./download.ts";
import { PartFile } from "./part-file.ts";
import { readPartRecord } from "./part-record.ts";
import type { RemoteFile } from "./remote-file.ts";

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
