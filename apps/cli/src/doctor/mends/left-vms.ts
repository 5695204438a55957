import { limaOf } from "../../lima.ts";
import type { FindMends } from "../mend.ts";

/** VMs that a killed run has left. */
export const leftVms: FindMends = async (context) => {
  const { signal, env } = context;
  if (!env["HOME"]) return [];
  const lima = limaOf(context);
  const left = await lima.sweep({ dryRun: true, signal }).catch(() => []);
  if (left.length === 0) return [];
  const names = left.join(", ");
  return [
    {
      problem: `left by a run that was killed: ${names}`,
      action: `delete ${names}`,
      mend: async () => void (await lima.sweep({ signal })),
    },
  ];
};
