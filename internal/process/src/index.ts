export { runProcess } from "./run-process.ts";
export type { ProcessRequest } from "./process-request.ts";
export type { ProcessOutcome } from "./process-outcome.ts";
export { defaultStopSteps, type StopStep } from "./stop.ts";
export { LineSplitter } from "./line-splitter.ts";
export { TailBuffer } from "./tail-buffer.ts";
export { drained } from "./drained.ts";
export { longestTimerMs } from "./longest-timer.ts";
export { findExecutable } from "./find-executable.ts";
