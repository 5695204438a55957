import { createHash, randomUUID } from "node:crypto";
import { link, open, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { z } from "zod";

import { processIdentitySchema } from "../processes/process-identity-schema.ts";
import { processIdentity } from "../processes/process-identity.ts";

/** What stands in a lock file. */
export const lockContentSchema = processIdentitySchema.extend({ nonce: z.string().min(1) });
export type LockContent = z.output<typeof lockContentSchema>;

/** A lock file as found: of somebody, or unreadable (cut off by a power loss, or not ours). */
export type FoundLock = { nonce: string; owner: LockContent } | { nonce: string; owner: undefined };

const nonceForm = "[0-9a-f-]{32,36}";

/** The name under which a lock file is written before it is linked to its own. */
function wholePath(path: string, nonce: string): string {
  return `${path}.${nonce}`;
}

/** The lock that stands for the right to remove the stale lock with this nonce. */
export function takeoverPath(path: string, nonce: string): string {
  return `${path}.${nonce}.takeover`;
}

/** Whether a file beside the lock file is one of the above, or one that belongs to those. */
export function isBesideLock(lockName: string, name: string): boolean {
  const rest = name.startsWith(lockName) ? name.slice(lockName.length) : "";
  return new RegExp(`^(\\.${nonceForm}(\\.takeover)?)+$`).test(rest);
}

/** Makes the lock file with all its content at once; false when there is one already. */
export async function createLockFile(path: string, content: LockContent): Promise<boolean> {
  const text = `${JSON.stringify(content)}\n`;
  const whole = wholePath(path, content.nonce);
  try {
    await writeFile(whole, text, { flag: "wx", mode: 0o644 });
    await link(whole, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    return await createWithoutLinks(path, text);
  } finally {
    await unlink(whole).catch(() => {});
  }
}

// exFAT and some network file systems have no hard links.
async function createWithoutLinks(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, "wx", 0o644);
    try {
      await handle.writeFile(text);
    } catch (error) {
      await unlink(path).catch(() => {});
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Reads the lock file; undefined when there is none. */
export async function readLockFile(path: string): Promise<FoundLock | undefined> {
  try {
    const text = await readFile(path, "utf8");
    const owner = parseLockContent(text);
    if (owner !== undefined) return { nonce: owner.nonce, owner };
    const { ino, mtimeMs } = await stat(path);
    const nonce = createHash("sha256").update(`${ino} ${mtimeMs} ${text}`).digest("hex").slice(0, 32);
    return { nonce, owner: undefined };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parseLockContent(text: string): LockContent | undefined {
  try {
    const parsed = lockContentSchema.safeParse(JSON.parse(text));
    return parsed.success && new RegExp(`^${nonceForm}$`).test(parsed.data.nonce) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Content for a lock of ours. */
export async function ourLockContent(): Promise<LockContent> {
  return { ...(await processIdentity()), nonce: randomUUID() };
}
