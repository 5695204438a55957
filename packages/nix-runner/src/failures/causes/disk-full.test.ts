import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test("nix itself has no space left", () => {
  expect(failureIn("2.26/80-disk-full-builder").code).toBe("DISK_FULL");
});

test("nix notes that there was hardly any space when the builder failed", () => {
  const failure = failureIn("2.26/82-disk-nearly-full");
  expect(failure).toMatchObject({ code: "DISK_FULL", details: { name: "big-image" } });
  expect(failure.hint).toContain("nix-collect-garbage");
});
