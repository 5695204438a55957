import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import type { Lima } from "@sysinit/lima-control";

import { processesOf } from "./lima-home.ts";

export const nothing = { processes: [], instances: [], leases: [], locks: [] };

/** What there is of VMs in a LIMA_HOME: equal to `nothing` when every one of them went without a trace. */
export async function leftBehind(lima: Lima) {
  const filesIn = async (room: string) => {
    const directory = join(lima.home, "_sysinit", room);
    return existsSync(directory) ? await readdir(directory) : [];
  };
  return {
    processes: await processesOf(lima.home),
    instances: (await lima.list()).map((record) => record.name),
    leases: await filesIn("leases"),
    locks: await filesIn("locks"),
  };
}
