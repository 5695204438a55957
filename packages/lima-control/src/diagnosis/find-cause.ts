import type { Cause, CauseRule } from "./cause.ts";
import { diskBelowImage } from "./disk-below-image.ts";
import { diskFull } from "./disk-full.ts";
import { downloadFailed } from "./download-failed.ts";
import type { Evidence } from "./evidence.ts";
import { firmwareMissing } from "./firmware-missing.ts";
import { guestAgentAbsent } from "./guest-agent-absent.ts";
import { imageMissing } from "./image-missing.ts";
import { imageNotBootable } from "./image-not-bootable.ts";
import { kvmUnusable } from "./kvm-unusable.ts";
import { loginRefused } from "./login-refused.ts";
import { mountMissing } from "./mount-missing.ts";
import { portInUse } from "./port-in-use.ts";

/** All known causes; of several the first one is told, so what explains others stands before them. */
export const causeRules: readonly CauseRule[] = [
  diskFull,
  diskBelowImage,
  imageMissing,
  downloadFailed,
  kvmUnusable,
  firmwareMissing,
  portInUse,
  imageNotBootable,
  mountMissing,
  loginRefused,
  guestAgentAbsent,
];

/** Finds the cause of a failure in what it left behind; undefined when it is none of those that are known. */
export function findCause(evidence: Evidence): Cause | undefined {
  for (const rule of causeRules) {
    const found = rule.recognise(evidence);
    if (found !== undefined) return { code: rule.code, ...found };
  }
  return undefined;
}
