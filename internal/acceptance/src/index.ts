export type { Check, CheckResult, Judgement, CheckRound, CheckSource, Stage, Verdict } from "./check.ts";
export type { CheckContext, CommandResult, Guest, ImageUnderTest } from "./context.ts";
export { checks } from "./checks/index.ts";
export { actions, type Action, type ActionId } from "./actions.ts";
export { rows, type Row } from "./rows.ts";
export { runChecks, type RunChecksOptions } from "./run-checks.ts";
export { bootTimeLimit, judgeBootTime, type BootTimeLimit } from "./boot-time.ts";
export { readBootTimeline } from "./boot/read-boot-timeline.ts";
export type { BootPhase, BootTimeline, BootUnit } from "./boot/boot-timeline.ts";
export { isFlaky, median, mergeRounds } from "./merge-rounds.ts";
export {
  countVerdicts,
  makeReport,
  type Excerpt,
  type FailedAttempt,
  type Report,
  type ReportedCell,
  type RunFacts,
  type RunFailure,
  type TimelineEntry,
} from "./report.ts";
