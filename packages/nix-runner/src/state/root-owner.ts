import { readFile } from "node:fs/promises";
import { join } from "node:path";

// Not all of that package: what else is in it loads zod, which takes as long as a build with nothing to do.
import {
  isSameProcessAlive,
  processIdentity,
  type ProcessIdentity,
} from "@sysinit-internal/files/process-identity";

/** The file in a root that says which process made it. */
export const ownerFile = "owner.json";

/** What the file of a root of ours holds. */
export async function ourOwnerText(): Promise<string> {
  return `${JSON.stringify({ schema: 1, ...(await processIdentity()) })}\n`;
}

/** Whether it stands in a root who made it, and that process is gone. */
export async function isAbandoned(root: string): Promise<boolean> {
  try {
    const owner = parseOwner(await readFile(join(root, ownerFile), "utf8"));
    return owner !== undefined && !(await isSameProcessAlive(owner));
  } catch {
    // Nobody's or unreadable: not ours to judge.
    return false;
  }
}

/** Undefined for what is no owner, or was written by a newer version. */
function parseOwner(text: string): ProcessIdentity | undefined {
  const { schema, pid, startTime, bootId, host } = JSON.parse(text) as Record<string, unknown>;
  const isWhole = [startTime, bootId, host].every((part) => typeof part === "string");
  if (schema !== 1 || !Number.isInteger(pid) || !isWhole) return undefined;
  return { pid, startTime, bootId, host } as ProcessIdentity;
}
