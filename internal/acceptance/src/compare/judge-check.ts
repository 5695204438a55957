import type { CheckResult } from "../check.ts";
import { isFlaky } from "../merge-rounds.ts";

type Outcome = "passing" | "failing" | "flaky" | "skipped";

/** What became of a check's verdict; undefined where nothing did. */
export type CheckChange = "newly-failing" | "newly-flaky" | "fixed" | "steady" | "gone" | "new";

/**
 * newly-failing: fails in every round of HEAD and did not fail in BASE, where it passed, was flaky, was skipped or did not
 * exist. newly-flaky: passes in some rounds of HEAD only, and was not flaky or failing in BASE. fixed: the other way round
 * from failing, steady from flaky, both to passing. A check that could not be judged counts as failing.
 */
export function judgeCheck(
  base: CheckResult | undefined,
  head: CheckResult | undefined,
): CheckChange | undefined {
  const before = base && outcomeOf(base);
  const now = head && outcomeOf(head);
  if (now === undefined) return "gone";
  if (now === "failing") return before === "failing" ? undefined : "newly-failing";
  if (now === "flaky") return before === "flaky" || before === "failing" ? undefined : "newly-flaky";
  if (before === undefined) return "new";
  if (now === "passing" && before === "failing") return "fixed";
  if (now === "passing" && before === "flaky") return "steady";
  return undefined;
}

function outcomeOf(result: CheckResult): Outcome {
  if (isFlaky(result)) return "flaky";
  return ({ pass: "passing", fail: "failing", error: "failing", skip: "skipped" } as const)[result.verdict];
}
