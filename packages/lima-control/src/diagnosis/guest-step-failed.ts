import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const guestStepFailed: CauseRule = toldByLine({
  code: "GUEST_STEP_FAILED",
  text: "a step of the guest's setup, or a provision script, failed",
  hint: "Read /run/lima/status.json and /var/log/cloud-init-output.log in the guest.",
  lines: (evidence) => [...evidence.guest, ...hostLines(evidence), ...evidence.console],
  patterns: [/lima-guest: (?:FAILED|\S+ failed)/, /^the guest's step \S+ failed/],
});
