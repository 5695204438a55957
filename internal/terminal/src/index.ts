export { createOutput, type Output, type OutputOptions } from "./output.ts";
export type { Step } from "./step.ts";
export { formatBytes, formatSeconds } from "./units.ts";
export { renderTable, type Column } from "./table.ts";
export { renderFailure } from "./failure.ts";
export { exitCodes, exitCodeOf, type ExitRules } from "./exit-codes.ts";
export { Interrupted, listenForInterrupts } from "./interrupts.ts";
export { runApp, type AppContext } from "./run-app.ts";
export { safeLine } from "./safe-line.ts";
