import { join } from "node:path";
import { z } from "zod";

import {
  isSameProcessAlive,
  processIdentity,
  processIdentitySchema,
  readJsonFile,
} from "@sysinit-internal/files";

/** The file in a root that says which process made it. */
export const ownerFile = "owner.json";

const schema = processIdentitySchema.extend({ schema: z.literal(1) });

/** What the file of a root of ours holds. */
export async function ourOwnerText(): Promise<string> {
  return `${JSON.stringify({ schema: 1, ...(await processIdentity()) })}\n`;
}

/** Whether it stands in a root who made it, and that process is gone. */
export async function isAbandoned(root: string): Promise<boolean> {
  try {
    return !(await isSameProcessAlive(await readJsonFile(join(root, ownerFile), schema)));
  } catch {
    // Nobody's, unreadable, or of a newer version: not ours to judge.
    return false;
  }
}
