import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test.each([
  ["2.8/09-noflakes", "flakes"],
  ["2.26/09-flakes-disabled", "flakes"],
  ["2.26/10-nix-command-disabled", "nix-command"],
  ["2.34/09-noflakes", "flakes"],
])("a feature that is switched off, %s", (capture, feature) => {
  const failure = failureIn(capture);
  expect(failure).toMatchObject({ code: "FEATURE_DISABLED", details: { feature } });
  expect(failure.hint).toContain(`extra-experimental-features = ${feature}`);
});
