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

/** Who made a root, as far as it says so. */
export type RootOwner = { is: "gone" | "alive" | "unknown" } | { is: "unsaid"; hasFile: boolean };

/**
 * Whether the process that made a root is gone. "unsaid": it is not said at all, or was cut off; "unknown": it is said in a way that a
 * newer version may know.
 */
export async function ownerOf(root: string): Promise<RootOwner> {
  let value: unknown;
  let hasFile = false;
  try {
    const text = await readFile(join(root, ownerFile), "utf8");
    hasFile = true;
    value = JSON.parse(text);
  } catch {
    return { is: "unsaid", hasFile };
  }
  const owner = toIdentity(value);
  if (owner === undefined) return { is: "unknown" };
  return { is: (await isSameProcessAlive(owner)) ? "alive" : "gone" };
}

function toIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { schema, pid, startTime, bootId, host } = value as Readonly<Record<string, unknown>>;
  const isWhole = [startTime, bootId, host].every((part) => typeof part === "string");
  if (schema !== 1 || !Number.isInteger(pid) || !isWhole) return undefined;
  return { pid, startTime, bootId, host } as ProcessIdentity;
}
