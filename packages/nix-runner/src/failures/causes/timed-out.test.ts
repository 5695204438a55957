import { expect, test } from "vitest";

import { failureIn } from "../../../test/replay.ts";

test.each(["2.8/24-silent", "2.26/24-max-silent-time"])("a silent builder, %s", (capture) => {
  expect(failureIn(capture)).toMatchObject({
    code: "TIMEOUT",
    details: { kind: "silent", limitMs: 2000, name: "silent-image", logTail: ["started"] },
  });
});

test("a silent builder where nix does not say which limit it was: the caller's own limit tells", () => {
  expect(failureIn("2.34/24-silent", { maxSilentMs: 1500 })).toMatchObject({
    code: "TIMEOUT",
    message: "silent-image was ended: its builder wrote nothing for 2 s",
    details: { kind: "silent" },
  });
});

test("a builder that takes too long", () => {
  expect(failureIn("2.26/25-timeout")).toMatchObject({
    code: "TIMEOUT",
    details: { kind: "total", limitMs: 2000 },
  });
});
