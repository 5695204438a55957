import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const guestAgentNotInstalled: CauseRule = toldByLine({
  code: "GUEST_AGENT_NOT_INSTALLED",
  text: "limactl does not find the guest agent for this architecture",
  hint: "Install the guest agents beside limactl (share/lima); packages may have them apart (lima-additional-guestagents).",
  lines: hostLines,
  patterns: [/guest agent binary could not be found/i, /failed to find .*lima-guestagent/i],
});
