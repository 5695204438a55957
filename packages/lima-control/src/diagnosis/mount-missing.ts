import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const mountMissing: CauseRule = {
  code: "MOUNT_MISSING",
  recognise(evidence) {
    const line = firstMatch(
      [...evidence.console, ...hostLines(evidence)],
      /mount: .*unknown filesystem type ['"‘]?(?:9p|virtiofs)/i,
      /unknown filesystem type ['"‘](?:9p|virtiofs)/i,
      /failed to mount .*(?:sshfs|reverse-sshfs)/i,
      /sshfs binary is not found|sshfs.*not found/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "the guest cannot mount directories of the host",
          hint: "The guest's kernel needs 9p (QEMU) or virtiofs (vz), or sshfs for mountType reverse-sshfs.",
          evidence: line,
        };
  },
};
