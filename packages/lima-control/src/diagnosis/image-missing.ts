import { firstMatch, hostLines, type CauseRule } from "./cause.ts";

export const imageMissing: CauseRule = {
  code: "IMAGE_MISSING",
  recognise(evidence) {
    const line = firstMatch(
      hostLines(evidence),
      /failed to (?:download|open source).*no such file/i,
      /could not open .*(?:disk|image|\.qcow2|\.raw).*no such file/i,
    );
    return line === undefined
      ? undefined
      : {
          text: "the image that the template names is not there",
          hint: "Build and install the image again, or correct images[].location in the template.",
          evidence: line,
        };
  },
};
