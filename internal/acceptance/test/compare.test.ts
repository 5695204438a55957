import { describe, expect, it } from "vitest";

import { judgeCheck } from "../src/compare/judge-check.ts";
import { judgeSize } from "../src/compare/judge-size.ts";
import { judgeTimes } from "../src/compare/judge-times.ts";
import { makeReport, type CheckResult, type Report, type Verdict } from "../src/index.ts";
import { compareReports } from "../src/reports/index.ts";

describe("times", () => {
  it.each([
    // The medians may differ by the larger spread, here 2 s, and not by more.
    [[10, 11, 12], [12, 13, 14], "same"],
    [[10, 11, 12], [12.1, 13.1, 14.1], "slower"],
    [[12, 13, 14], [9.9, 10.9, 11.9], "faster"],
    // The spread of either side counts.
    [[10, 10, 10], [9, 12, 13], "same"],
    [[9, 12, 13], [16, 16, 16], "same"],
    [[9, 12, 13], [16.1, 16.1, 16.1], "slower"],
    // Runs that happen to agree: 5 % of the base, and half a second.
    [[100, 100, 100], [105, 105, 105], "same"],
    [[100, 100, 100], [105.1, 105.1, 105.1], "slower"],
    [[1, 1, 1], [1.5, 1.5, 1.5], "same"],
    [[1, 1, 1], [1.51, 1.51, 1.51], "slower"],
    // One outlier moves no median, but it is noise.
    [[10, 10, 10, 10, 30], [12, 12, 12, 12, 12], "same"],
    // Of an even number the middle is the mean of two.
    [[10, 10, 11, 11], [11.5, 11.5, 11.5, 11.6], "same"],
    [[10, 10, 11, 11], [11.5, 11.5, 11.6, 11.7], "slower"],
    [[10, 10], [99, 99, 99], "not measured often enough"],
    [[10, 10, 10], [99, 99], "not measured often enough"],
  ])("%j → %j: %s", (base, head, verdict) => {
    expect(judgeTimes(base, head).verdict).toBe(verdict);
  });
});

describe("sizes", () => {
  it.each([
    [1000, 1010, "same"],
    [1000, 1011, "bigger"],
    [1000, 990, "same"],
    [1000, 989, "smaller"],
  ])("%i → %i: %s", (base, head, verdict) => {
    expect(judgeSize(base, head)).toBe(verdict);
  });
});

/** A result by its rounds: p passed, f failed, e could not be judged, s was skipped. */
function result(rounds: string, seconds: readonly number[] = []): CheckResult {
  const names: Record<string, Verdict> = { p: "pass", f: "fail", e: "error", s: "skip" };
  const verdicts = [...rounds].map((letter) => names[letter]!);
  const order: Verdict[] = ["error", "fail", "pass", "skip"];
  return {
    id: "check",
    section: "Commands",
    title: "check",
    evidence: "seen",
    seconds: 1,
    verdict: order.find((verdict) => verdicts.includes(verdict))!,
    ...(rounds.length > 1 && {
      rounds: verdicts.map((verdict, index) => ({ verdict, seconds: seconds[index] ?? 1 })),
    }),
  };
}

describe("verdicts", () => {
  it.each([
    ["p", "f", "newly-failing"],
    ["ppp", "fff", "newly-failing"],
    ["pfp", "fff", "newly-failing"],
    ["p", "e", "newly-failing"],
    ["s", "f", "newly-failing"],
    ["", "f", "newly-failing"],
    ["f", "f", undefined],
    ["ppp", "pfp", "newly-flaky"],
    ["p", "ppe", "newly-flaky"],
    ["", "pf", "newly-flaky"],
    ["pf", "fp", undefined],
    ["f", "fp", undefined],
    ["f", "p", "fixed"],
    ["fff", "ppp", "fixed"],
    ["pf", "pp", "steady"],
    ["p", "s", undefined],
    ["p", "", "gone"],
    ["", "p", "new"],
    ["p", "p", undefined],
  ])("%s → %s: %s", (base, head, change) => {
    const of = (rounds: string) => (rounds === "" ? undefined : result(rounds));
    expect(judgeCheck(of(base), of(head))).toBe(change);
  });
});

function report(check: CheckResult, more: Partial<Report> = {}): Report {
  const run = { startedAt: new Date(0), seconds: 1, timeline: [], rows: [check], results: [check] };
  const facts = { accelerator: { kind: "kvm", hardware: true, reason: "" } };
  return { ...makeReport({ ...run, facts }), ...more };
}

describe("two reports", () => {
  it("differ by what got slower, bigger and newly flaky, with what it was and is", () => {
    const base = report(result("ppp", [1, 1, 1]), {
      measurements: { bootSeconds: [20, 21, 20], imageBytes: 600 * 1024 ** 2 },
    });
    const head = report(result("pfp", [9, 1, 9]), {
      measurements: { bootSeconds: [30, 31, 30], imageBytes: 700 * 1024 ** 2 },
    });
    expect(compareReports([base], [head])).toEqual({
      schemaVersion: 1,
      verdict: "worse",
      changes: [
        {
          cell: "default",
          kind: "newly-flaky",
          what: "check",
          text: "pass (passed 3 of 3) → fail (passed 2 of 3): seen",
        },
        { cell: "default", kind: "slower", what: "boot", text: "20.0 s → 30.0 s, noise 1.0 s" },
        { cell: "default", kind: "bigger", what: "image", text: "600.0 MiB → 700.0 MiB" },
      ],
      notes: [],
    });
  });

  it("that are the same are not worse", () => {
    const same = report(result("ppp"), { measurements: { bootSeconds: [20, 21, 20] } });
    expect(compareReports([same], [same])).toMatchObject({ verdict: "not worse", changes: [], notes: [] });
  });

  it("are not judged by times that were measured once, or under another accelerator, and it says so", () => {
    const once = (seconds: number) => report(result("p"), { measurements: { bootSeconds: [seconds] } });
    expect(compareReports([once(20)], [once(60)])).toMatchObject({
      verdict: "not worse",
      changes: [],
      notes: [
        "default: boot 20.0 s → 60.0 s: not judged, measured 1 and 1 times; run both with --repeat 3 or more",
      ],
    });
    const emulated = report(result("p"), {
      facts: { accelerator: { kind: "tcg", hardware: false, reason: "" } },
      measurements: { bootSeconds: [60, 60, 60] },
    });
    const fast = report(result("p"), { measurements: { bootSeconds: [20, 20, 20] } });
    expect(compareReports([fast], [emulated])).toMatchObject({
      verdict: "not worse",
      notes: ["default: times are not compared: BASE ran under kvm, HEAD under tcg"],
    });
  });

  it("are compared cell by cell; a cell of one side only is named", () => {
    const cell = (id: string, rounds: string) => report(result(rounds), { cell: { id } });
    const comparison = compareReports([cell("a", "p"), cell("b", "p")], [cell("b", "f"), cell("c", "p")]);
    expect(comparison.changes).toMatchObject([{ cell: "b", kind: "newly-failing" }]);
    expect(comparison.notes).toEqual(["cell a is only in BASE", "cell c is only in HEAD"]);
  });
});
