import { consoleLines, hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const mountMissing: CauseRule = toldByLine({
  code: "MOUNT_MISSING",
  text: "the guest cannot mount directories of the host",
  hint: "The guest's kernel needs 9p (QEMU) or virtiofs (vz), or sshfs for mountType reverse-sshfs.",
  lines: (evidence) => [
    ...evidence.guest,
    ...consoleLines(evidence),
    ...hostLines(evidence),
    ...evidence.tries,
  ],
  patterns: [
    // nix/guest/steps/attach-mounts of this repository.
    / could not be mounted \(/,
    // cloud-init, of the guests that Lima offers.
    /Running module mounts .* failed/,
    /unknown filesystem type ['"‘]?(?:9p|virtiofs)/i,
    /failed to mount .*(?:sshfs|reverse-sshfs)/i,
    /sshfs binary is not found|sshfs.*not found/i,
  ],
});
