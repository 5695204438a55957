import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const diskBelowImage: CauseRule = {
  code: "DISK_BELOW_IMAGE",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /shrink(?:ing)?(?: is| an image)?.*(?:not supported|--shrink)/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "disk in the template is smaller than the image",
          hint: "Set disk to at least the virtual size of the image.",
          evidence: line,
        };
  },
};
