import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test.each([
  ["2.26/15-no-such-flake-path", "/nonexistent"],
  ["2.34/no-such-flake-path", "/home/dev/missing"],
])("a directory that is not there, %s", (capture, place) => {
  expect(failureIn(capture)).toMatchObject({ code: "FLAKE_NOT_FOUND", details: { place } });
});

test.each(["2.26/16-no-flake-nix", "2.34/no-flake-nix"])("a directory without flake.nix, %s", (capture) => {
  const failure = failureIn(capture);
  expect(failure.code).toBe("FLAKE_NOT_FOUND");
  expect(failure.message).toContain("no flake.nix");
});

test("a name that no registry knows", () => {
  const failure = failureSaying("cannot find flake 'flake:nosuch' in the flake registries", {
    realising: false,
  });
  expect(failure).toMatchObject({ code: "FLAKE_NOT_FOUND", details: { place: "flake:nosuch" } });
});
