import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const imageWithBackingFile: CauseRule = toldByLine({
  code: "IMAGE_WITH_BACKING_FILE",
  text: "the image is only the difference to another file",
  hint: "Make it whole: qemu-img convert -O qcow2 IMAGE WHOLE.qcow2.",
  lines: hostLines,
  patterns: [/must not have (?:a backing|an extent) file/i, /has an unexpected backing file/i],
});
