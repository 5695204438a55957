import { expect, test } from "vitest";

import { failureSaying } from "../../../test/replay.ts";

const drvPath = "/nix/store/9k3s3scr09l4di2vb4rv6f89y40gxwsk-root.drv";

test("the builder's last words are about space on this machine", () => {
  const failure = failureSaying(`builder for '${drvPath}' failed with exit code 1`, {
    logTail: () => ["unpacking", "cp: error writing 'root.tar': No space left on device"],
  });
  expect(failure).toMatchObject({ code: "DISK_FULL", details: { drvPath, exitCode: 1 } });
  expect(failure.message).toContain("root.tar");
});
