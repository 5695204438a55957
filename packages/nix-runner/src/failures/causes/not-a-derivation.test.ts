import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test.each(["2.8/21-str", "2.26/21-not-derivation", "2.34/21-str"])("a string, %s", (capture) => {
  expect(failureIn(capture).code).toBe("NOT_A_DERIVATION");
});

test.each(["2.26/no-such-output", "2.34/no-such-output"])(
  "an output that the derivation does not have, %s",
  (capture) => {
    const failure = failureIn(capture);
    expect(failure).toMatchObject({ code: "NOT_A_DERIVATION", message: ".#image has no output 'nope'" });
  },
);
