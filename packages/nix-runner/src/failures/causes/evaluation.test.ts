import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test.each(["2.8/05-evalthrow", "2.26/05-eval-throw", "2.34/05-evalthrow"])(
  "a throw, in the flake's own words, %s",
  (capture) => {
    const failure = failureIn(capture);
    expect(failure.code).toBe("EVAL");
    expect(failure.message).toMatch(/^\.#image cannot be evaluated: image attribute evaluation exploded/);
  },
);

test.each(["2.26/06-eval-typeerror", "2.34/06-typeerr"])(
  "a type error, with its place in the user's file, %s",
  (capture) => {
    const originalOf = (file: string) =>
      file === "/nix/store/aiqf5zlxc758hf9j5sx1kav26sfg3qdl-source/flake.nix"
        ? "/home/dev/flake/flake.nix"
        : undefined;
    expect(failureIn(capture, { originalOf })).toMatchObject({
      code: "EVAL",
      message:
        ".#image cannot be evaluated: cannot add a string to an integer (at /home/dev/flake/flake.nix:51:23)",
      details: { position: "/home/dev/flake/flake.nix:51:23" },
    });
  },
);

test("the place of a throw, which only the trace names", () => {
  expect(failureIn("2.34/05-evalthrow").details).toMatchObject({
    position: "/home/dev/flake/flake.nix:50:19",
  });
});

test.each(["2.26/07-eval-assert", "2.26/29-syntax-error"])("an assertion, a syntax error, %s", (capture) => {
  expect(failureIn(capture).code).toBe("EVAL");
});

test("a message of many lines becomes one line", () => {
  const raw = "\nFailed assertions:\n- no bootloader\n- no root file system";
  expect(failureSaying(raw, { realising: false }).message).toBe(
    ".#image cannot be evaluated: Failed assertions: - no bootloader - no root file system",
  );
});

test("a nix that does not know an option has not failed to evaluate", () => {
  expect(failureIn("2.26/27-bad-flag")).toMatchObject({
    code: "NIX_FAILED",
    message: "nix could not build .#image: unrecognised flag '--nosuchflag'",
  });
});
