import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test("a cache whose key is not trusted, when nothing may be built", () => {
  const failure = failureIn("2.26/91-substitute-nosig");
  expect(failure).toMatchObject({ code: "SUBSTITUTE", details: { cache: "http://127.0.0.1:8099" } });
  expect(failure.hint).toContain("trusted-public-keys");
});
