import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test("a directory that is not there", () => {
  expect(failureIn("2.26/15-no-such-flake-path")).toMatchObject({
    code: "FLAKE_NOT_FOUND",
    details: { place: "/nonexistent" },
  });
});

test("a directory without flake.nix", () => {
  const failure = failureIn("2.26/16-no-flake-nix");
  expect(failure.code).toBe("FLAKE_NOT_FOUND");
  expect(failure.message).toContain("no flake.nix");
});

test("a name that no registry knows", () => {
  const failure = failureSaying("cannot find flake 'flake:nosuch' in the flake registries", {
    realising: false,
  });
  expect(failure).toMatchObject({ code: "FLAKE_NOT_FOUND", details: { place: "flake:nosuch" } });
});
