import { exitCodeOf, type ExitRules } from "./exit-codes.ts";
import { printAboveLive } from "./live/live-area.ts";
import { Interrupted, listenForInterrupts, type Interceptor } from "./interrupts.ts";
import type { Output } from "./output.ts";

export interface AppContext {
  output: Output;
  /** Aborts on the first Ctrl-C. */
  signal: AbortSignal;
  /** Has signals dealt with in another way, until the returned function is called. */
  intercept(interceptor: Interceptor): () => void;
}

/**
 * The one way out of a command: runs it, reports what it throws, sets the exit status.
 * `body` gives an exit status or nothing for success.
 */
export async function runApp(
  output: Output,
  rules: ExitRules,
  body: (context: AppContext) => Promise<number | void>,
): Promise<void> {
  const interrupts = listenForInterrupts((signal) => {
    // Not behind the ^C that the terminal shows.
    printAboveLive(output.stderr, `\n${signal}: cleaning up (again to leave at once)`);
  });
  // A reader that has seen enough (`| head`) is no error.
  output.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    const status = await body({ output, signal: interrupts.signal, intercept: interrupts.intercept });
    process.exitCode = interrupts.signal.aborted
      ? interruptedStatus(interrupts.signal, status)
      : (status ?? 0);
  } catch (error) {
    process.exitCode = exitCodeOf(error, interrupts.signal, rules);
    report(error, output, interrupts.signal);
  }
  // Signals are still listened to: one that a wrapper passes on late must not change the status.
}

function interruptedStatus(signal: AbortSignal, status: number | void): number {
  return signal.reason instanceof Interrupted ? signal.reason.exitCode : (status ?? 0);
}

function report(error: unknown, output: Output, signal: AbortSignal): void {
  if (signal.reason instanceof Interrupted) {
    const { message } = signal.reason;
    if (output.json) output.stdout.write(`${JSON.stringify({ error: { code: "INTERRUPTED", message } })}\n`);
    else output.stderr.write(`${message}\n`);
    return;
  }
  output.error(error);
}
