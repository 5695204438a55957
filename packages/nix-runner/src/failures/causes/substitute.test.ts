import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test("a cache that fails", () => {
  const failure = failureIn("2.26/92-substitute-http500");
  expect(failure).toMatchObject({
    code: "SUBSTITUTE",
    details: { drvPath: expect.stringMatching(/image-big\.drv$/) },
  });
  expect(failure.message).toContain("HTTP error 500");
});

test("a transfer that breaks off", () => {
  const failure = failureIn("2.26/93-substitute-cut");
  expect(failure.code).toBe("SUBSTITUTE");
  expect(failure.message).toContain("partial file");
});
