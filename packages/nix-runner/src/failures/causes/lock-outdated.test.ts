import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test("a flake with inputs and without a lock file", () => {
  const failure = failureIn("2.26/lock-outdated");
  expect(failure).toMatchObject({ code: "LOCK_OUTDATED", details: { directory: "/home/dev/locked" } });
  expect(failure.hint).toBe("write it: nix flake lock /home/dev/locked");
});

test("a directory with a space is quoted in the command", () => {
  const failure = failureSaying(
    "flake 'git+file:///home/dev/a%20b' requires lock file changes but they're not allowed due to '--no-update-lock-file'",
  );
  expect(failure.hint).toBe("write it: nix flake lock '/home/dev/a b'");
});
