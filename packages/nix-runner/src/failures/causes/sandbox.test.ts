import { expect, test } from "vitest";

import { failureSaying } from "../../../test/replay.ts";

test("a kernel that refuses what the sandbox needs", () => {
  const failure = failureSaying(
    "this system does not support the kernel namespaces that are required for sandboxing",
  );
  expect(failure.code).toBe("SANDBOX");
  expect(failure.hint).toContain("sandbox = false");
});
