import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const diskBelowImage: CauseRule = toldByLine({
  code: "DISK_BELOW_IMAGE",
  text: "disk in the template is smaller than the image",
  hint: "Set disk to at least the virtual size of the image.",
  lines: hostLines,
  patterns: [/shrink(?:ing)?(?: is| an image)?.*(?:not supported|--shrink)/i],
});
