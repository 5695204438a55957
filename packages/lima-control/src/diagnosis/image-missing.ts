import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const imageMissing: CauseRule = toldByLine({
  code: "IMAGE_MISSING",
  text: "the image that the template names is not there",
  hint: "Build and install the image again, or correct images[].location in the template.",
  lines: hostLines,
  patterns: [
    /failed to (?:download|open source).*no such file/i,
    /could not open .*(?:disk|image|\.qcow2|\.raw).*no such file/i,
  ],
});
