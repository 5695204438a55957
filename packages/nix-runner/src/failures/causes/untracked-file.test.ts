import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test("nix says that git does not track the file", () => {
  expect(failureIn("2.34/11-untracked")).toMatchObject({
    code: "UNTRACKED_FILE",
    hint: "make it known to git: git -C /home/dev/flake add -N untracked.txt",
    details: { file: "untracked.txt", repository: "/home/dev/flake" },
  });
});

test.each(["2.8/11-untracked", "2.26/11-untracked"])(
  "the file is missing in nix's copy of a git tree, %s",
  (capture) => {
    const failure = failureIn(capture);
    expect(failure).toMatchObject({ code: "UNTRACKED_FILE", details: { file: "untracked.txt" } });
    expect(failure.hint).toMatch(/^if the file exists, .*add -N untracked.txt$/);
  },
);

test("a file that is missing in a tree without git is no matter of git", () => {
  const failure = failureSaying(
    "path '/nix/store/aiqf5zlxc758hf9j5sx1kav26sfg3qdl-source/x' does not exist",
    {
      evaluated: "path:/home/dev/flake#image",
      realising: false,
    },
  );
  expect(failure.code).toBe("EVAL");
});
