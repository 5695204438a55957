import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const guestAgentNotRunning: CauseRule = toldByLine({
  code: "GUEST_AGENT_NOT_RUNNING",
  text: "Lima's guest agent does not run in the guest",
  hint: "Read its journal in the guest (lima-guestagent.service); the image must start it from Lima's cidata.",
  lines: hostLines,
  patterns: [/guest agent does not seem to be running/i],
});
