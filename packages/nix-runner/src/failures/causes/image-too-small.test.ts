import { expect, test } from "vitest";

import { failureIn, failureSaying } from "../../../test/replay.ts";

test.each(["2.8/03-fail", "2.26/03-builder-failure", "2.26/73-daemon-failure", "2.34/03-fail"])(
  "the file system in the image is full, %s",
  (capture) => {
    const failure = failureIn(capture);
    expect(failure).toMatchObject({
      code: "IMAGE_TOO_SMALL",
      details: { name: "failing-image", exitCode: 3 },
    });
    expect(failure.message).toContain("mke2fs: No space left on device");
    expect(failure.hint).toContain("diskSize");
  },
);

test("what nixpkgs' image builder says", () => {
  const failure = failureSaying(
    "builder for '/nix/store/9k3s3scr09l4di2vb4rv6f89y40gxwsk-image.drv' failed with exit code 1",
    {
      logTail: () => ["ERROR: cptofs failed. diskSize might be too small for closure."],
    },
  );
  expect(failure.code).toBe("IMAGE_TOO_SMALL");
});
