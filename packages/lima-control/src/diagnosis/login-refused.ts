import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const loginRefused: CauseRule = {
  code: "LOGIN_REFUSED",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /permission denied \((?:publickey|[a-z,-]+)\)/i,
      /too many authentication failures/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "the guest runs ssh but does not let Lima's key in",
          hint: "The image must install the key from Lima's cidata for the user of the template (cloud-init or lima-init).",
          evidence: line,
        };
  },
};
