import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test("a repository of another user", () => {
  const failure = failureIn("2.26/85-not-owner-git");
  expect(failure).toMatchObject({ code: "GIT_OWNERSHIP", details: { repository: "/home/dev/flake" } });
  expect(failure.hint).toContain("safe.directory /home/dev/flake");
});
