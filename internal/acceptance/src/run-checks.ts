import type { Check, CheckResult, Judgement } from "./check.ts";
import { skip } from "./check.ts";
import type { CheckContext } from "./context.ts";
import { stepsOf } from "./steps-of.ts";

export interface RunChecksOptions {
  checks: readonly Check[];
  context: CheckContext;
  /** What was judged before; `needs` may name it. */
  earlier?: readonly CheckResult[];
  onStart?: (check: Check) => void;
  onResult?: (result: CheckResult) => void;
}

/**
 * Makes one check after the other, those of a group at the same time. A check that throws has verdict error, one whose
 * `needs` have not all passed is skipped, and one that was not reached is not in the result.
 */
export async function runChecks(options: RunChecksOptions): Promise<CheckResult[]> {
  const { checks, context, earlier = [], onStart, onResult } = options;
  const done = new Map<string, Promise<CheckResult>>();
  for (const result of earlier) done.set(result.id, Promise.resolve(result));

  const make = async (check: Check): Promise<CheckResult> => {
    const missing = await unmetNeed(check, done);
    context.signal.throwIfAborted();
    const startedAt = performance.now();
    if (missing === undefined) onStart?.(check);
    const judgement = missing === undefined ? await judged(check, context) : skip(missing);
    context.signal.throwIfAborted();
    const { id, section, title, source } = check;
    const seconds = (performance.now() - startedAt) / 1000;
    const result = { id, section, title, ...judgement, seconds, ...(source && { source }) };
    onResult?.(result);
    return result;
  };

  const results: CheckResult[] = [];
  for (const step of stepsOf(checks)) {
    context.signal.throwIfAborted();
    const making = step.map((check) => {
      const result = make(check);
      done.set(check.id, result);
      return result;
    });
    // All of a group come to their end, also when one of them rejects because the run is being ended.
    await Promise.allSettled(making);
    results.push(...(await Promise.all(making)));
  }
  return results;
}

/** Why a check cannot be made, in words; undefined when it can. What is not part of this run is taken as met. */
async function unmetNeed(
  { needs = [] }: Check,
  done: ReadonlyMap<string, Promise<CheckResult>>,
): Promise<string | undefined> {
  for (const need of needs) {
    const verdict = (await done.get(need))?.verdict;
    if (verdict === undefined || verdict === "pass") continue;
    const became = { fail: "failed", error: "could not be judged", skip: "was skipped" }[verdict];
    return `needs ${need}, which ${became}`;
  }
  return undefined;
}

const defaultTimeoutMs = 60_000;

async function judged(check: Check, context: CheckContext): Promise<Judgement> {
  const timeout = AbortSignal.timeout(check.timeoutMs ?? defaultTimeoutMs);
  try {
    return await check.run({ ...context, signal: AbortSignal.any([context.signal, timeout]) });
  } catch (error) {
    if (timeout.aborted)
      return { verdict: "error", evidence: `no answer in ${check.timeoutMs ?? defaultTimeoutMs} ms` };
    return { verdict: "error", evidence: error instanceof Error ? error.message : String(error) };
  }
}
