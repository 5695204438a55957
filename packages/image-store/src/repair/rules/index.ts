import type { Rule } from "../rule.ts";
import { damagedManifest } from "./damaged-manifest.ts";
import { generationsRecord } from "./generations-record.ts";
import { latestLink } from "./latest-link.ts";
import { missingImage } from "./missing-image.ts";
import { missingRawDisk } from "./missing-raw-disk.ts";
import { unrecordedImage } from "./unrecorded-image.ts";

/** In the order of repairing: first what later ones write to, last what depends on which images are left. */
export const rules: readonly Rule[] = [
  generationsRecord,
  damagedManifest,
  missingImage,
  missingRawDisk,
  unrecordedImage,
  latestLink,
];
