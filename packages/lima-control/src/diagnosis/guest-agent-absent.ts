import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const guestAgentAbsent: CauseRule = {
  code: "GUEST_AGENT_ABSENT",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /guest agent does not seem to be running/i,
      /guest agent binary could not be found/i,
      /failed to find .*lima-guestagent/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "Lima's guest agent does not run in the guest",
          hint: "Install the guest agent beside limactl (share/lima), and let the image start it.",
          evidence: line,
        };
  },
};
