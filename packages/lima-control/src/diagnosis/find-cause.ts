import type { Cause, CauseRule } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { additionalDiskInUse } from "./additional-disk-in-use.ts";
import { additionalDiskMissing } from "./additional-disk-missing.ts";
import { bashMissing } from "./bash-missing.ts";
import { diskBelowImage } from "./disk-below-image.ts";
import { diskFull } from "./disk-full.ts";
import { downloadFailed } from "./download-failed.ts";
import { emergencyMode } from "./emergency-mode.ts";
import { firmwareMissing } from "./firmware-missing.ts";
import { guestAgentNotInstalled } from "./guest-agent-not-installed.ts";
import { guestAgentNotRunning } from "./guest-agent-not-running.ts";
import { guestNotSetUp } from "./guest-not-set-up.ts";
import { guestStepFailed } from "./guest-step-failed.ts";
import { hostAgentKilled } from "./host-agent-killed.ts";
import { imageDamaged } from "./image-damaged.ts";
import { imageDigestWrong } from "./image-digest-wrong.ts";
import { imageForOtherArch } from "./image-for-other-arch.ts";
import { imageMissing } from "./image-missing.ts";
import { imageNotBootable } from "./image-not-bootable.ts";
import { imageUnreadable } from "./image-unreadable.ts";
import { imageWithBackingFile } from "./image-with-backing-file.ts";
import { kernelPanic } from "./kernel-panic.ts";
import { kvmUnusable } from "./kvm-unusable.ts";
import { limaTooOld } from "./lima-too-old.ts";
import { loginRefused } from "./login-refused.ts";
import { memoryShort } from "./memory-short.ts";
import { mountMissing } from "./mount-missing.ts";
import { networkUnusable } from "./network-unusable.ts";
import { portInUse } from "./port-in-use.ts";
import { qemuKilled } from "./qemu-killed.ts";
import { qemuRefuses } from "./qemu-refuses.ts";
import { qemuTooOld } from "./qemu-too-old.ts";
import { rootNotFound } from "./root-not-found.ts";
import { sshNotRunning } from "./ssh-not-running.ts";
import { templateProbeFailed } from "./template-probe-failed.ts";
import { toolMissing } from "./tool-missing.ts";
import { virtiofsdMissing } from "./virtiofsd-missing.ts";
import { vmTypeUnknown } from "./vm-type-unknown.ts";

/** All known causes; of several the first one is told, so what explains others stands before them. */
export const causeRules: readonly CauseRule[] = [
  diskFull,
  diskBelowImage,
  imageMissing,
  imageUnreadable,
  imageDigestWrong,
  imageForOtherArch,
  imageWithBackingFile,
  toolMissing,
  imageDamaged,
  downloadFailed,
  limaTooOld,
  vmTypeUnknown,
  networkUnusable,
  additionalDiskInUse,
  additionalDiskMissing,
  guestAgentNotInstalled,
  virtiofsdMissing,
  qemuTooOld,
  kvmUnusable,
  firmwareMissing,
  portInUse,
  memoryShort,
  qemuRefuses,
  qemuKilled,
  hostAgentKilled,
  imageNotBootable,
  rootNotFound,
  kernelPanic,
  emergencyMode,
  bashMissing,
  mountMissing,
  guestStepFailed,
  loginRefused,
  templateProbeFailed,
  guestAgentNotRunning,
  guestNotSetUp,
  sshNotRunning,
];

/** Every code that a {@link Cause} can carry, with what it means in one line. */
export const causeCodes: Readonly<Record<string, string>> = Object.fromEntries(
  causeRules.map((rule) => [rule.code, rule.text]),
);

/** Finds the cause of a failure in what it left behind; undefined when it is none of those that are known. */
export function findCause(evidence: Evidence): Cause | undefined {
  return firstOf(causeRules, evidence);
}

/** The cause for which a start that has shown it for `forMs` will not succeed any more. */
export function findHopeless(evidence: Evidence): { cause: Cause; afterMs: number } | undefined {
  for (const rule of causeRules) {
    if (rule.hopelessAfterMs === undefined) continue;
    const cause = firstOf([rule], evidence);
    if (cause !== undefined) return { cause, afterMs: rule.hopelessAfterMs };
  }
  return undefined;
}

function firstOf(rules: readonly CauseRule[], evidence: Evidence): Cause | undefined {
  for (const { code, text, recognise } of rules) {
    const found = recognise(evidence);
    if (found !== undefined) return { code, text, ...found };
  }
  return undefined;
}
