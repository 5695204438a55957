import { hostLines, lastTry, toldByLine, type CauseRule } from "./cause.ts";

export const loginRefused: CauseRule = toldByLine({
  code: "LOGIN_REFUSED",
  text: "the guest runs ssh but does not let Lima's key in",
  hint: "The image must install the key from Lima's cidata for the user of the template, and have that user's shell (/bin/bash).",
  lines: (evidence) => [...lastTry(evidence), ...hostLines(evidence)],
  patterns: [/permission denied \([a-z,-]+\)/i, /too many authentication failures/i],
  // A guest may run sshd long before it knows the key.
  hopelessAfterMs: 300_000,
});
