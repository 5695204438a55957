import { readdirSync } from "node:fs";
import { expect, test } from "vitest";

import { failureIn, failureSaying, replay } from "../../test/replay.ts";
import { failureCauses } from "./causes/index.ts";
import { gatherEvidence } from "./evidence.ts";

test.each([
  "2.8/04-dependency",
  "2.26/04-dependency-failure",
  "2.34/04-dependency",
  "2.34/04b-dependency-keep-going",
])("a failing dependency is named, and who needed it, %s", (capture) => {
  const failure = failureIn(capture);
  expect(failure.message).toMatch(
    /^downstream could not be built: its dependency failing-image failed to build/,
  );
  expect(failure.details).toMatchObject({
    drvPath: "/nix/store/dq9kyx3djz81whab1504ciznz9vnk5nn-failing-image.drv",
    neededBy: "/nix/store/0pkgs3sshdm1bz2vnsw5ckw1z2cij0q8-downstream.drv",
    exitCode: 3,
  });
});

test("the tail of the failing log is there once, whether nix repeats it (through the daemon) or not", () => {
  const expected = [
    ...Array.from({ length: 40 }, (_, index) => `log line ${index}`),
    "mke2fs: No space left on device",
  ];
  expect(failureIn("2.26/03-builder-failure").details?.["logTail"]).toEqual(expected);
  expect(failureIn("2.26/73-daemon-failure").details?.["logTail"]).toEqual(expected);
});

const summary =
  "1 dependencies of derivation '/nix/store/0pkgs3sshdm1bz2vnsw5ckw1z2cij0q8-downstream.drv' failed to build";
const built = "/nix/store/dq9kyx3djz81whab1504ciznz9vnk5nn-dependency.drv";
const complaintOf = (drvPath: string) =>
  `error: builder for '${drvPath}' failed with exit code 4;\nlast 1 log lines:\n> gone`;

test("through a daemon the dependency's error comes as plain talk", () => {
  const failure = failureSaying(summary, { talk: [complaintOf(built)], started: new Set([built]) });
  expect(failure).toMatchObject({ code: "BUILD_FAILED", details: { drvPath: built, exitCode: 4 } });
});

test("talk about something that was not built is a builder's forgery", () => {
  const forged = built.replace("dependency", "innocent");
  const failure = failureSaying(summary, {
    talk: [complaintOf(forged), complaintOf(built)],
    started: new Set([built]),
  });
  expect(failure.details).toMatchObject({ drvPath: built });
});

test("an error that a builder writes is not taken for nix's", () => {
  const { state } = replay("2.34/98-builder-injects");
  const evidence = gatherEvidence(state, {
    installable: ".#spoof",
    maxSilentMs: undefined,
    hasResult: false,
  });
  expect(evidence.talk).toContain("error: spoofed failure");
  expect(evidence.complaints).toEqual([]);
});

test("what nobody knows keeps nix's own words", () => {
  expect(failureSaying("opening pseudoterminal master: No such device")).toMatchObject({
    code: "NIX_FAILED",
    message: "nix could not build .#image: opening pseudoterminal master: No such device",
    details: { nixMessage: "error: opening pseudoterminal master: No such device" },
  });
});

test("every cause in the folder is on the list", () => {
  const files = readdirSync(`${import.meta.dirname}/causes`).filter(
    (name) => !/(^index|\.test)\.ts$/.test(name),
  );
  expect(failureCauses).toHaveLength(files.length);
  expect(new Set(failureCauses).size).toBe(files.length);
});

test("every failure says what can be done", () => {
  const captures = ["2.8", "2.26", "2.34"].flatMap((version) =>
    readdirSync(`${import.meta.dirname}/../../test/fixtures/captures/${version}`)
      .filter((name) => name.endsWith(".stderr.txt"))
      .map((name) => `${version}/${name.replace(".stderr.txt", "")}`),
  );
  const failed = captures.filter((name) => replay(name).output === undefined);
  expect(failed.length).toBeGreaterThan(40);
  expect(failed.filter((name) => failureIn(name).hint === undefined)).toEqual([]);
});
