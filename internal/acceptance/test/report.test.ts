import { expect, it } from "vitest";

import { bootTimeLimit, judgeBootTime, makeReport, rows, type CheckResult } from "../src/index.ts";

const result = (id: string, verdict: CheckResult["verdict"]): CheckResult => ({
  ...rows.find((row) => row.id === id)!,
  verdict,
  seconds: 1,
  evidence: "seen",
});
const run = { startedAt: new Date(0), seconds: 2, facts: {}, timeline: [] };

it("has one entry per row, in the order of the requirements, whatever the order of the run", () => {
  const results = rows.map(({ id }) => result(id, "pass")).toReversed();
  const report = makeReport({ ...run, results });
  expect(report.checks.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(report.verdict).toBe("pass");
});

it("a row that was not reached is an error that says so", () => {
  const report = makeReport({ ...run, results: [result("vm.start", "pass")] });
  expect(report.verdict).toBe("error");
  expect(report.checks.find(({ id }) => id === "vm.delete")).toMatchObject({
    verdict: "error",
    evidence: "not reached",
  });
});

it("a failed check makes the run fail, a skipped one does not", () => {
  const others = rows.slice(2).map(({ id }) => result(id, "pass"));
  const of = (...first: CheckResult["verdict"][]) =>
    makeReport({
      ...run,
      results: [...first.map((verdict, index) => result(rows[index]!.id, verdict)), ...others],
    });
  expect(of("pass", "skip").verdict).toBe("pass");
  expect(of("fail", "skip").verdict).toBe("fail");
});

it("the boot-time limit is 120 s with hardware acceleration and 300 s under emulation, and says which and why", () => {
  expect(bootTimeLimit({ kind: "kvm", hardware: true }).seconds).toBe(120);
  expect(bootTimeLimit({ kind: "tcg", hardware: false }).seconds).toBe(300);
  expect(judgeBootTime(121, { kind: "kvm", hardware: true })).toMatchObject({ verdict: "fail" });
  expect(judgeBootTime(121, { kind: "tcg", hardware: false })).toMatchObject({
    verdict: "pass",
    evidence: expect.stringContaining("limit 300 s under emulation (tcg)"),
  });
});
