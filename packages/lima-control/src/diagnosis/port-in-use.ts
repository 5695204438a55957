import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const portInUse: CauseRule = {
  code: "PORT_IN_USE",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /could not set up host forwarding rule/i,
      // A dynamic forward that collides is only a warning and does not keep the VM from starting.
      /(?:^|\W)(?:failed to listen|listen tcp).*address already in use/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "a port that the VM needs on the host is taken",
          hint: "Leave ssh.localPort at 0 in the template, and free the port of a static port forward.",
          evidence: line,
        };
  },
};
