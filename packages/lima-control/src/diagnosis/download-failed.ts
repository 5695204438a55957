import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const downloadFailed: CauseRule = {
  code: "DOWNLOAD_FAILED",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /failed to download .*(?:https?:\/\/|dial tcp|no such host|timeout)/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "limactl could not download what the template asks for",
          hint: line.includes("nerdctl")
            ? "Turn containerd off in the template: containerd: {system: false, user: false}."
            : "Check the network, or use an image that is on this machine.",
          evidence: line,
        };
  },
};
