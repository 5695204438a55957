import * as z from "zod";
import { flag, size, text, wholeNumber } from "./scalars.ts";

/** One entry of `mounts`. Options of another mount type than the one in use are ignored by Lima. */
export const mount = z.strictObject({
  location: text.describe(
    "Directory on the host: absolute or `~/`; host fields such as `{{.Home}}` are filled in. Made if it is not there.",
  ),
  mountPoint: text
    .optional()
    .describe(
      "Directory in the guest; guest fields such as `{{.Home}}` are filled in. Default: the host path.",
    ),
  writable: flag.optional().describe("Default: false."),
  sshfs: z
    .strictObject({
      cache: flag.optional().describe("Default: true."),
      followSymlinks: flag.optional().describe("Default: false."),
      sftpDriver: z
        .enum(["builtin", "openssh-sftp-server", ""])
        .optional()
        .describe("Default: openssh-sftp-server where the host has it, else builtin."),
    })
    .optional()
    .describe("Options of `mountType: reverse-sshfs`."),
  "9p": z
    .strictObject({
      securityModel: z
        .enum(["none", "mapped-xattr", "mapped-file", "passthrough", "mapped"])
        .optional()
        .describe("Default: none."),
      protocolVersion: z.enum(["9p2000", "9p2000.u", "9p2000.L"]).optional().describe("Default: 9p2000.L."),
      msize: size.optional().describe("Size of a packet. Default: 128KiB."),
      cache: z
        .enum(["none", "loose", "fscache", "mmap", "readahead"])
        .optional()
        .describe(
          "Default: fscache for read-only mounts (the guest's kernel must have it), mmap for writable ones.",
        ),
    })
    .optional()
    .describe("Options of `mountType: 9p`."),
  virtiofs: z
    .strictObject({ queueSize: wholeNumber.optional().describe("Default: 1024. QEMU on Linux only.") })
    .optional()
    .describe("Options of `mountType: virtiofs`."),
});
