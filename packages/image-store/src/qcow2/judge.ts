import { readExtensions } from "./extensions.ts";
import { incompatible, readHeader, type Qcow2Header } from "./header.ts";
import { findRefusal, type Refusal } from "./refusals.ts";

/** What the beginning of a qcow2 file says: why it is refused, or what is worth knowing of it. */
export type Qcow2Verdict =
  { refusal: Refusal } | { refusal?: undefined; virtualBytes: number; warnings: readonly string[] };

/** Judges a qcow2 image by the beginning of its file (at most {@link headerWindowBytes}) and its size. */
export function judgeQcow2(window: Buffer, fileBytes: number): Qcow2Verdict {
  const header = readHeader(window);
  if (header === undefined) {
    const hint = "Build or download the image again.";
    return { refusal: { field: "header", reason: "the file ends in the middle of its header", hint } };
  }
  const { clusterBits, headerLength } = header;
  const clusterBytes = 2 ** Math.min(clusterBits, 21);
  const refusal = findRefusal(header, readExtensions(window, headerLength, clusterBytes), fileBytes);
  if (refusal !== undefined) return { refusal };
  return { virtualBytes: Number(header.virtualBytes), warnings: warningsAbout(header) };
}

function warningsAbout(header: Qcow2Header): string[] {
  const warnings: string[] = [];
  // Lima reads qcow2 by itself for vz, and knows neither.
  if (header.compressionType === 1)
    warnings.push("it is compressed with zstd, which Lima's vz driver cannot read");
  if ((header.incompatibleFeatures & incompatible.extendedL2) !== 0n) {
    warnings.push("it has extended L2 entries, which Lima's vz driver reads only as an experiment");
  }
  return warnings;
}
