import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const imageDigestWrong: CauseRule = toldByLine({
  code: "IMAGE_DIGEST_WRONG",
  text: "the image is not the one that its digest in the template names",
  hint: "Build or download the image again, or correct images[].digest.",
  lines: hostLines,
  patterns: [/expected digest .*, got/i],
});
