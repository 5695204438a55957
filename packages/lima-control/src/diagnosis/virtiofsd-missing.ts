import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const virtiofsdMissing: CauseRule = toldByLine({
  code: "VIRTIOFSD_MISSING",
  text: "virtiofsd is not installed, which mountType virtiofs needs on Linux",
  hint: "Install virtiofsd, or set mountType to 9p or reverse-sshfs.",
  lines: hostLines,
  patterns: [/failed to locate virtiofsd/i, /virtiofsd never created/i, /Error from virtiofsd/i],
});
