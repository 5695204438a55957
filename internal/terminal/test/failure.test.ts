import { LimaControlError } from "@sysinit/lima-control";
import { NixRunnerError } from "@sysinit/nix-runner";
import { expect, it } from "vitest";

import { failureIn } from "../../../packages/nix-runner/test/replay.ts";
import { renderFailure } from "../src/index.ts";

it("a failed build shows its last log lines, the derivation to look at, who needs it, and where the whole log is", () => {
  const failure = renderFailure(new NixRunnerError(failureIn("2.26/04-dependency-failure")), process.stderr);
  const lines = failure.split("\n");
  expect(lines[0]).toMatch(
    /^\S*error:\S* downstream could not be built: its dependency failing-image failed to build/,
  );
  expect(lines.slice(-6)).toEqual([
    "  > log line 38",
    "  > log line 39",
    "  > mke2fs: No space left on device",
    "  derivation: /nix/store/dq9kyx3djz81whab1504ciznz9vnk5nn-failing-image.drv",
    "  needed by: /nix/store/0pkgs3sshdm1bz2vnsw5ckw1z2cij0q8-downstream.drv",
    expect.stringMatching(/hint:/),
  ]);
});

it("a failed start shows where its logs are", () => {
  const error = new LimaControlError({
    code: "START_FAILED",
    message: "instance vm did not start: it ended",
    details: { instance: "vm", console: ["boots"], logs: ["/lima/_sysinit/logs/vm/ha.stderr.log"] },
  });
  expect(renderFailure(error, process.stderr)).toContain("\n  log: /lima/_sysinit/logs/vm/ha.stderr.log");
});
