import { machineFacts } from "@sysinit-internal/machine";

import { limaOf } from "../../lima.ts";
import type { FindMends } from "../mend.ts";

/** VMs whose time is over. */
export const pastVms: FindMends = async (context) => {
  const { signal, env } = context;
  if (!env["HOME"]) return [];
  const lima = limaOf(context);
  const mends = [];
  // Without a limactl there is none either.
  for (const instance of await lima.list({ signal }).catch(() => [])) {
    const { isOver, expiresAt } = await machineFacts(instance);
    if (!isOver || instance.protected) continue;
    mends.push({
      problem: `the time of ${instance.name} was over at ${expiresAt!.toISOString()}`,
      action: `delete ${instance.name}`,
      mend: async () => (await lima.attach(instance.name, { signal })).delete({ signal }),
    });
  }
  return mends;
};
