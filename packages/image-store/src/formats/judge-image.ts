import { ImageStoreError } from "../errors/image-store-error.ts";
import type { ImageFormat } from "../names/file-names.ts";
import { headerWindowBytes, qcow2Magic } from "../qcow2/header.ts";
import { judgeQcow2 } from "../qcow2/judge.ts";
import type { ImageSource } from "../source/open-source.ts";
import { findForeignFormat } from "./foreign-formats.ts";
import { hasPartitionTable } from "./partition-table.ts";

/** What an image is by its content. */
export interface JudgedImage {
  format: ImageFormat;
  virtualBytes: number;
  warnings: readonly string[];
}

/**
 * Tells what an open file is by its content, never by its name, and refuses what must not be stored.
 *
 * @param asRaw The caller says that it is a raw disk: no partition table is asked for then.
 * @throws ImageStoreError NOT_AN_IMAGE, UNSAFE_IMAGE
 */
export async function judgeImage(source: ImageSource, asRaw: boolean): Promise<JudgedImage> {
  const { path, bytes } = source;
  if (bytes === 0) throw notAnImage(path, "the file is empty", "Build or download the image again.");
  const beginning = await source.read(0, Math.min(bytes, headerWindowBytes));

  if (beginning.subarray(0, qcow2Magic.length).equals(qcow2Magic)) {
    if (asRaw) {
      throw notAnImage(
        path,
        "it was said to be raw, but it is qcow2",
        "Leave the format out: it is found by content.",
      );
    }
    const verdict = judgeQcow2(beginning, bytes);
    if (verdict.refusal === undefined) return { format: "qcow2", ...verdict };
    const { field, reason, hint } = verdict.refusal;
    throw new ImageStoreError({
      code: "UNSAFE_IMAGE",
      message: `the qcow2 image ${path} is refused: ${reason} (header field ${field})`,
      hint,
      details: { path, field, reason },
    });
  }

  const tail = Math.min(bytes, 512);
  const foreign = findForeignFormat(beginning, await source.read(bytes - tail, tail));
  if (foreign !== undefined)
    throw notAnImage(path, `it is a file of format ${foreign.name}`, foreign.hint, foreign.name);
  if (!asRaw && !hasPartitionTable(beginning)) {
    const hint = "Give a qcow2 image, or a raw disk with a partition table.";
    throw notAnImage(path, "it is neither qcow2 nor a raw disk with a partition table", hint);
  }
  return { format: "raw", virtualBytes: bytes, warnings: [] };
}

function notAnImage(path: string, reason: string, hint: string, foundFormat?: string): ImageStoreError {
  return new ImageStoreError({
    code: "NOT_AN_IMAGE",
    message: `${path} is not a disk image that can be stored: ${reason}`,
    hint,
    details: { path, ...(foundFormat === undefined ? {} : { foundFormat }) },
  });
}
