import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { listInstances } from "./limactl/list.ts";

/** All instances in LIMA_HOME, by name. @throws LimaControlError LIMACTL_FAILED, LIMA_HOME_UNUSABLE */
export function list(context: LimaContext, signal?: AbortSignal): Promise<InstanceRecord[]> {
  return listInstances(context, undefined, signal);
}
