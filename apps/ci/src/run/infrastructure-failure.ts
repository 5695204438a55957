import { isCodedError } from "@sysinit-internal/errors";
import { exitCodeOf, exitCodes } from "@sysinit-internal/terminal";

import { exitRules } from "../exit-rules.ts";
import type { LimaCiErrorCode } from "../lima-ci-error.ts";
import type { Attempted } from "./attempt-run.ts";

const notJudged: LimaCiErrorCode = "NOT_JUDGED";

/**
 * Why a run could not be made, when another try may help: what ends with status 3, but for what is missing on the machine,
 * which another try does not bring. Undefined for a run whose checks have their verdicts, whatever these are, and for one
 * that was interrupted.
 */
export function infrastructureFailure(
  { report, error }: Attempted,
  signal: AbortSignal,
): { code: string; message: string } | undefined {
  if (signal.aborted) return undefined;
  if (error !== undefined) {
    if (!isCodedError(error) || exitRules.prerequisite.has(error.code)) return undefined;
    if (exitCodeOf(error, signal, exitRules) !== exitCodes.prerequisite) return undefined;
    return { code: error.code, message: error.message };
  }
  if (report.verdict !== "error" || report.counts.fail > 0) return undefined;
  const check = report.checks.find(({ verdict }) => verdict === "error")!;
  return { code: notJudged, message: `${check.id}: ${check.evidence.split("\n")[0]}` };
}
