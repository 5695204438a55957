import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const imageForOtherArch: CauseRule = toldByLine({
  code: "IMAGE_FOR_OTHER_ARCH",
  text: "the template has no image for this architecture",
  hint: "Add one with the right images[].arch, or set arch in the template.",
  lines: hostLines,
  patterns: [/skipped to download: .*unsupported arch/i, /no images are configured/i],
});
