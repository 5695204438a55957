import type { Check, CheckResult, Judgement } from "./check.ts";
import type { CheckContext } from "./context.ts";

export interface RunChecksOptions {
  checks: readonly Check[];
  context: CheckContext;
  onStart?: (check: Check) => void;
  onResult?: (result: CheckResult) => void;
}

/** Makes one check after the other. A check that throws has verdict error; one that was not reached is not in the result. */
export async function runChecks({
  checks,
  context,
  onStart,
  onResult,
}: RunChecksOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    context.signal.throwIfAborted();
    onStart?.(check);
    const startedAt = performance.now();
    const judgement = await judged(check, context);
    context.signal.throwIfAborted();
    const { id, section, title } = check;
    const result = { id, section, title, ...judgement, seconds: (performance.now() - startedAt) / 1000 };
    results.push(result);
    onResult?.(result);
  }
  return results;
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
