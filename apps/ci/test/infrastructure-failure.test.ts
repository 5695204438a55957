import { makeReport, rows, type CheckResult, type Report } from "@sysinit-internal/acceptance";
import { MachineError } from "@sysinit-internal/machine";
import { LimaControlError } from "@sysinit/lima-control";
import { expect, it } from "vitest";

import { infrastructureFailure } from "../src/run/infrastructure-failure.ts";

const going = new AbortController().signal;

function report(...verdicts: CheckResult["verdict"][]): Report {
  const results = verdicts.map((verdict, index) => ({
    ...rows[index]!,
    verdict,
    seconds: 1,
    evidence: "seen\nmore",
  }));
  return makeReport({ startedAt: new Date(0), seconds: 1, facts: {}, timeline: [], rows: results, results });
}

it.each(["START_FAILED", "START_TIMEOUT", "GUEST_UNREACHABLE", "LIMACTL_FAILED"] as const)(
  "%s is worth another try",
  (code) => {
    const error = new LimaControlError({ code, message: "it did not work" });
    expect(infrastructureFailure({ report: report("error"), error }, going)).toEqual({
      code,
      message: "it did not work",
    });
  },
);

it.each([
  ["what is missing on the machine", new MachineError({ code: "PREREQUISITE_MISSING", message: "no QEMU" })],
  ["what the user wrote", new MachineError({ code: "TEMPLATE_INVALID", message: "a mistake" })],
  ["a mistake in the program", new TypeError("undefined is not a function")],
])("%s is not", (_, error) => {
  expect(infrastructureFailure({ report: report("error"), error }, going)).toBeUndefined();
});

it("a check that could not be judged is, but not where another one failed", () => {
  expect(infrastructureFailure({ report: report("pass", "error") }, going)).toEqual({
    code: "NOT_JUDGED",
    message: `${rows[1]!.id}: seen`,
  });
  expect(infrastructureFailure({ report: report("fail", "error") }, going)).toBeUndefined();
  expect(infrastructureFailure({ report: report("pass", "fail") }, going)).toBeUndefined();
  expect(infrastructureFailure({ report: report("pass", "skip") }, going)).toBeUndefined();
});

it("a run that was interrupted is not", () => {
  const error = new LimaControlError({ code: "START_FAILED", message: "it did not work" });
  expect(infrastructureFailure({ report: report("error"), error }, AbortSignal.abort())).toBeUndefined();
});
