import type { LimaContext } from "./lima-context.ts";
import { readInfo, type LimaInfo } from "./limactl/info.ts";

/** What limactl says of itself. @throws LimaControlError LIMACTL_NOT_FOUND, LIMACTL_FAILED */
export function info(context: LimaContext, signal?: AbortSignal): Promise<LimaInfo> {
  return readInfo(context, signal);
}
