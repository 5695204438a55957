import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test.each([
  ["2.26/lock-outdated", "/home/dev/locked"],
  ["2.34/lock-outdated", "/home/dev/none"],
])("a flake with inputs and without a lock file, %s", (capture, directory) => {
  const failure = failureIn(capture);
  expect(failure).toMatchObject({ code: "LOCK_OUTDATED", details: { directory } });
  expect(failure.hint).toBe(`write it: nix flake lock ${directory}`);
});

test("a directory with a space is quoted in the command", () => {
  const failure = failureSaying(
    "flake 'git+file:///home/dev/a%20b' requires lock file changes but they're not allowed due to '--no-update-lock-file'",
  );
  expect(failure.hint).toBe("write it: nix flake lock '/home/dev/a b'");
});
