import type { FailureCause } from "../failure.ts";
import { attributeNotFound } from "./attribute-not-found.ts";
import { builderDiskFull } from "./builder-disk-full.ts";
import { builderFailed } from "./builder-failed.ts";
import { cacheUnusable } from "./cache-unusable.ts";
import { daemon } from "./daemon.ts";
import { diskFull } from "./disk-full.ts";
import { evaluation } from "./evaluation.ts";
import { featureDisabled } from "./feature-disabled.ts";
import { flakeNotFound } from "./flake-not-found.ts";
import { gitOwnership } from "./git-ownership.ts";
import { hashMismatch } from "./hash-mismatch.ts";
import { imageTooSmall } from "./image-too-small.ts";
import { interrupted } from "./interrupted.ts";
import { lockOutdated } from "./lock-outdated.ts";
import { network } from "./network.ts";
import { noBuilder } from "./no-builder.ts";
import { nondeterministic } from "./nondeterministic.ts";
import { notADerivation } from "./not-a-derivation.ts";
import { outLink } from "./out-link.ts";
import { outputMissing } from "./output-missing.ts";
import { sandbox } from "./sandbox.ts";
import { storeDamaged } from "./store-damaged.ts";
import { storePermission } from "./store-permission.ts";
import { substitute } from "./substitute.ts";
import { timedOut } from "./timed-out.ts";
import { unsignedSubstitute } from "./unsigned-substitute.ts";
import { untrackedFile } from "./untracked-file.ts";

/** Every known cause of a failed build. The first that recognises a complaint explains it, so the special come before the general. */
export const failureCauses: readonly FailureCause[] = [
  interrupted,
  diskFull,
  daemon,
  storePermission,
  cacheUnusable,
  storeDamaged,
  sandbox,
  featureDisabled,
  lockOutdated,
  gitOwnership,
  flakeNotFound,
  untrackedFile,
  attributeNotFound,
  notADerivation,
  hashMismatch,
  unsignedSubstitute,
  noBuilder,
  timedOut,
  outputMissing,
  nondeterministic,
  imageTooSmall,
  builderDiskFull,
  builderFailed,
  substitute,
  network,
  outLink,
  evaluation,
];
