import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test.each(["2.8/08-missing", "2.26/08-missing-attr", "2.34/08-missing"])(
  "a misspelt attribute, %s",
  (capture) => {
    expect(failureIn(capture)).toMatchObject({
      code: "ATTR_NOT_FOUND",
      hint: "did you mean image?",
      details: {
        flake: "git+file:///home/dev/flake",
        attributes: ["packages.x86_64-linux.imgae", "legacyPackages.x86_64-linux.imgae", "imgae"],
        suggestions: ["image"],
      },
    });
  },
);
