import { LimaControlError } from "../failures/lima-control-error.ts";
import { findVersion, isOlder } from "../host/version.ts";
import type { LimaContext } from "../lima-context.ts";
import { readInfo } from "./info.ts";

/**
 * Refuses a limactl that is too old for what is asked of it. A build that tells no version is one of today.
 *
 * @param what As "rename an instance".
 * @throws LimaControlError LIMACTL_TOO_OLD
 */
export async function requireVersion(
  context: LimaContext,
  needed: string,
  what: string,
  signal?: AbortSignal,
): Promise<void> {
  const { version } = await readInfo(context, signal);
  const released = findVersion(version);
  if (released === undefined || !isOlder(released, needed)) return;
  throw new LimaControlError({
    code: "LIMACTL_TOO_OLD",
    message: `limactl ${version} cannot ${what}, which Lima ${needed} and newer can`,
    hint: "Install a newer Lima.",
    details: { version, needed },
  });
}
