import { lastTry, toldByLine, type CauseRule } from "./cause.ts";

export const sshNotRunning: CauseRule = toldByLine({
  code: "SSH_NOT_RUNNING",
  text: "nothing answers to ssh in the guest",
  hint: "Let the image start sshd on port 22, and give it an address by DHCP on its first network card.",
  lines: lastTry,
  patterns: [/kex_exchange_identification/i, /Connection (?:reset|closed|refused|timed out)/i],
});
