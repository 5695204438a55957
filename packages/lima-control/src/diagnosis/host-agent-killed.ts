import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const hostAgentKilled: CauseRule = toldByLine({
  code: "HOST_AGENT_KILLED",
  text: "the host agent was killed",
  hint: "Look whether the host ran out of memory (dmesg, journalctl -k), or who ended it.",
  lines: hostLines,
  patterns: [/host agent process has exited/i],
});
