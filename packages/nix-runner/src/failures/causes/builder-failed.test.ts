import { expect, test } from "vitest";

import { failureSaying } from "../../../test/replay.ts";

const drvPath = "/nix/store/9k3s3scr09l4di2vb4rv6f89y40gxwsk-image.drv";
const wordings = {
  "up to 2.28": (how: string) => `builder for '${drvPath}' failed ${how}`,
  "from 2.29": (how: string) =>
    `Cannot build '${drvPath}'.\nReason: builder failed ${how}.\nOutput paths:\n  /nix/store/x-image`,
};

test.each(Object.entries(wordings))("an exit code, with the last line of the log, as said %s", (_, say) => {
  const logTail = () => ["compiling", "main.c: syntax error", ""];
  expect(failureSaying(say("with exit code 2"), { logTail })).toMatchObject({
    code: "BUILD_FAILED",
    message: "image failed to build (exit code 2): main.c: syntax error",
    hint: `the whole log: nix log ${drvPath}`,
    details: { drvPath, name: "image", exitCode: 2, logTail: logTail() },
  });
});

test.each(Object.entries(wordings))("a builder that was killed hints at memory, as said %s", (_, say) => {
  const failure = failureSaying(say("due to signal 9 (Killed)"));
  expect(failure).toMatchObject({ code: "BUILD_FAILED", details: { drvPath, signal: 9 } });
  expect(failure.hint).toContain("memory");
});

test("when nix goes on after a failure, all that failed are listed", () => {
  const other = "/nix/store/3vfrmhv0kq0mhfmfm2wkpi8ggrhcr517-other.drv";
  const complaints = [drvPath, other].map((path) => {
    const raw = `builder for '${path}' failed with exit code 2`;
    return { raw, whole: raw, position: undefined };
  });
  expect(failureSaying("", { complaints }).details).toMatchObject({
    failures: [
      { drvPath, exitCode: 2 },
      { drvPath: other, exitCode: 2 },
    ],
  });
});
