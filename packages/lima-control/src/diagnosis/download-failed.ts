import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const downloadFailed: CauseRule = toldByLine({
  code: "DOWNLOAD_FAILED",
  text: "limactl could not download what the template asks for",
  hint: (line) =>
    line.includes("nerdctl")
      ? "Turn containerd off in the template: containerd: {system: false, user: false}."
      : "Check the network, or use an image that is on this machine.",
  lines: hostLines,
  patterns: [/failed to download .*(?:https?:\/\/|dial tcp|no such host|timeout)/i],
});
