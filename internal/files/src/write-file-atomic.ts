import { randomUUID } from "node:crypto";
import { open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { syncDirectory } from "./sync-directory.ts";

/**
 * Writes a file so that a reader, a crash or a full disk sees either the old content or the new one, never a part:
 * a temporary file beside it, fsync, rename, fsync of the directory. The temporary file is named `.NAME.UUID.tmp`.
 *
 * @param options.temporaryDirectory Where the temporary file is made instead; on the same file system.
 * @param options.mode Permissions of the file, whatever the umask; 0o644 by default.
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: { mode?: number; temporaryDirectory?: string } = {},
): Promise<void> {
  const directory = dirname(path);
  const temporary = join(options.temporaryDirectory ?? directory, `.${basename(path)}.${randomUUID()}.tmp`);
  const handle = await open(temporary, "wx", 0o600);
  try {
    try {
      await handle.writeFile(data);
      await handle.chmod(options.mode ?? 0o644);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncDirectory(directory);
}
