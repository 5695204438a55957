import { consoleLines, toldByLine, type CauseRule } from "./cause.ts";

export const rootNotFound: CauseRule = toldByLine({
  code: "ROOT_NOT_FOUND",
  text: "the guest's kernel does not find its root file system",
  hint: "Use an image whose boot entry names a root file system that is in it, and an initrd with virtio_blk.",
  lines: consoleLines,
  patterns: [
    /VFS: Unable to mount root fs/i,
    /Timed out waiting for device .*(?:root|by-label|by-uuid|by-partuuid)/i,
    /ALERT! .* does not exist/i,
    /Cannot open root device/i,
  ],
  hopelessAfterMs: 30_000,
});
