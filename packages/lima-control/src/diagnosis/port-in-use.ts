import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const portInUse: CauseRule = toldByLine({
  code: "PORT_IN_USE",
  text: "a port that the VM needs on the host is taken",
  hint: "Leave ssh.localPort at 0 in the template, and free the port of a static port forward.",
  lines: hostLines,
  patterns: [
    /could not set up host forwarding rule/i, // A dynamic forward that collides is only a warning and does not keep the VM from starting.
    /(?:^|\W)(?:failed to listen|listen tcp).*address already in use/i,
  ],
});
