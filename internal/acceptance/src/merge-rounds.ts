import type { CheckResult, CheckRound } from "./check.ts";

const worst = { error: 3, fail: 2, pass: 1, skip: 0 } as const;

/**
 * The results of the rounds of a repeated run as one result per check: its verdict is the worst, its time the median, and
 * each round is there with its own. Results of one round are given back as they are.
 */
export function mergeRounds(rounds: readonly (readonly CheckResult[])[]): CheckResult[] {
  const [first = []] = rounds;
  if (rounds.length < 2) return [...first];
  const ids = [...new Set(rounds.flat().map(({ id }) => id))];
  return ids.map((id) => {
    const results = rounds.flatMap((round) => round.filter((result) => result.id === id));
    const decisive = results.toSorted((a, b) => worst[b.verdict] - worst[a.verdict])[0]!;
    const bad = results.filter(({ verdict }) => verdict === "fail" || verdict === "error").length;
    const often = bad > 0 && bad < results.length ? `in ${bad} of ${results.length} rounds: ` : "";
    return {
      ...decisive,
      evidence: `${often}${decisive.evidence}`,
      seconds: median(results.map(({ seconds }) => seconds)),
      rounds: results.map(({ verdict, seconds }): CheckRound => ({ verdict, seconds })),
    };
  });
}

/** Whether a check passed in some rounds and not in others. */
export function isFlaky({ rounds = [] }: Pick<CheckResult, "rounds">): boolean {
  const passed = rounds.some(({ verdict }) => verdict === "pass");
  return passed && rounds.some(({ verdict }) => verdict === "fail" || verdict === "error");
}

/** The middle value; the mean of the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
