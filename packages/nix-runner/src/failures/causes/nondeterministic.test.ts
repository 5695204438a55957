import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test("a second build that differs", () => {
  expect(failureIn("2.26/33-check-nondet")).toMatchObject({
    code: "NONDETERMINISTIC",
    details: { name: "nondet" },
  });
});
