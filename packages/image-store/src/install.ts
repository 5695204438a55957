import { runInstall, type InstallOptions, type InstallResult } from "./publish/run-install.ts";

export type { InstallOptions, InstallResult };

/**
 * Stores a disk image: checks that it is one and stands alone, copies it with its SHA-256 in one pass, publishes it under a
 * name that nobody has, writes its manifest and moves the latest link, each in one step. Readers, a kill at any moment, a
 * full disk or a power loss see either nothing of it or a whole image. The same image as the latest generation is not
 * stored again. Installs into one directory take turns.
 *
 * The file is named `sysinit-NAME-YYYYMMDD-HHMMSS.FORMAT` (UTC), the link `sysinit-NAME-latest.FORMAT`.
 *
 * @throws ImageStoreError BAD_NAME, SOURCE_NOT_FOUND, SOURCE_NOT_A_FILE, SOURCE_UNREADABLE, SOURCE_CHANGED, NOT_AN_IMAGE,
 *   UNSAFE_IMAGE (all before anything is written), DISK_FULL, DIRECTORY_NOT_WRITABLE, DIRECTORY_UNSAFE,
 *   LATEST_NOT_A_LINK, LOCKED, ABORTED, IO_FAILED
 */
export async function installImage(options: InstallOptions): Promise<InstallResult> {
  return await runInstall(options, () => {});
}
