import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test.each(["2.8/20-noout", "2.26/20-noout", "2.34/20-noout"])(
  "a builder that made nothing, %s",
  (capture) => {
    expect(failureIn(capture)).toMatchObject({
      code: "OUTPUT_MISSING",
      details: { name: "no-out", output: "out" },
    });
  },
);
