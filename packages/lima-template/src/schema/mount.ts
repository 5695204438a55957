import * as z from "zod";
import { flag, size, text, wholeNumber } from "./scalars.ts";

/** One entry of `mounts`. Options of another mount type than the one in use are ignored by Lima. */
export const mount = z.strictObject({
  /** Path on the host; `~` and host template fields such as `{{.Home}}` are filled in. */
  location: text,
  /** Path in the guest. Default: the host path. */
  mountPoint: text.optional(),
  /** Default: false. */
  writable: flag.optional(),
  sshfs: z
    .strictObject({
      cache: flag.optional(),
      followSymlinks: flag.optional(),
      sftpDriver: z.enum(["builtin", "openssh-sftp-server", ""]).optional(),
    })
    .optional(),
  "9p": z
    .strictObject({
      securityModel: z.enum(["none", "mapped-xattr", "mapped-file", "passthrough", "mapped"]).optional(),
      protocolVersion: z.enum(["9p2000", "9p2000.u", "9p2000.L"]).optional(),
      msize: size.optional(),
      /** Default: `fscache` for read-only mounts (the guest's kernel must have it), `mmap` for writable ones. */
      cache: z.enum(["none", "loose", "fscache", "mmap", "readahead"]).optional(),
    })
    .optional(),
  virtiofs: z.strictObject({ queueSize: wholeNumber.optional() }).optional(),
});
