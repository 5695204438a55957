import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test("nix has told its result and then fails over the link", () => {
  const failure = failureIn("2.34/42b-outlink-notlink");
  expect(failure.code).toBe("OUT_LINK");
  expect(failure.message).toContain("cannot create symlink");
});
