import { open } from "node:fs/promises";

/**
 * Makes the names in a directory durable: after a power loss a rename or link done before this call is there.
 * File systems that cannot sync a directory (some network and FUSE ones) are let pass.
 */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EINVAL" && code !== "ENOTSUP" && code !== "EPERM") throw error;
  } finally {
    await handle.close();
  }
}
