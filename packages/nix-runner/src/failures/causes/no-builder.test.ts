import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test.each(["2.8/12-alien", "2.26/13-alien", "2.34/12-alien"])("another system, %s", (capture) => {
  expect(failureIn(capture)).toMatchObject({
    code: "NO_BUILDER",
    message: "alien-image cannot be built here: it needs aarch64-linux, and this machine is x86_64-linux",
    details: { requiredSystem: "aarch64-linux", currentSystem: "x86_64-linux" },
  });
});

test("another system, as 2.30 to 2.33 say it, on a Mac", () => {
  const failure = failureSaying(
    "Cannot build '/nix/store/fymg2x602i419h442db33xhs6zdsdf60-image.drv'.\nReason: required system or feature not available\n" +
      "Required system: 'aarch64-linux' with features {}\nCurrent system: 'aarch64-darwin' with features {apple-virt}",
  );
  expect(failure).toMatchObject({ code: "NO_BUILDER", details: { requiredSystem: "aarch64-linux" } });
  expect(failure.hint).toContain("Linux builder for this Mac");
});

test("a feature that this machine does not have", () => {
  const failure = failureIn("2.26/14-missing-feature");
  expect(failure).toMatchObject({ code: "NO_BUILDER", details: { requiredFeatures: ["apple-virt", "kvm"] } });
  expect(failure.message).toContain("needs a machine with apple-virt");
});

test("kvm, as 2.34 says it", () => {
  const failure = failureSaying(
    "Cannot build '/nix/store/fymg2x602i419h442db33xhs6zdsdf60-image.drv'.\nReason: missing system features\n" +
      "Required features: {kvm}\nAvailable features: {benchmark, nixos-test}",
  );
  expect(failure).toMatchObject({ code: "NO_BUILDER", details: { requiredFeatures: ["kvm"] } });
  expect(failure.hint).toContain("/dev/kvm");
});

test.each(["2.26/32-max-jobs-0"])("nothing may be built here, %s", (capture) => {
  const failure = failureIn(capture);
  expect(failure.code).toBe("NO_BUILDER");
  expect(failure.hint).toContain("max-jobs");
});
