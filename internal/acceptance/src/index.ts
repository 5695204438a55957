export type { Check, CheckResult, Judgement, CheckRound, CheckSource, Stage, Verdict } from "./check.ts";
export type { CheckContext, CommandResult, Guest, ImageUnderTest } from "./context.ts";
export { checks } from "./checks/index.ts";
export { actions, type Action, type ActionId } from "./actions.ts";
export { rows, type Row } from "./rows.ts";
export { runChecks, type RunChecksOptions } from "./run-checks.ts";
export { bootTimeLimit, judgeBootTime } from "./boot-time.ts";
export { makeReport, type Report, type RunFacts, type TimelineEntry } from "./report.ts";
