export { runProcess, type ProcessOutcome, type ProcessRequest } from "./run-process.ts";
export { defaultStopSteps, type StopStep } from "./stop.ts";
export { LineSplitter } from "./line-splitter.ts";
export { TailBuffer } from "./tail-buffer.ts";
export { findExecutable } from "./find-executable.ts";
