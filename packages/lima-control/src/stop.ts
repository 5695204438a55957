import { checkDurations } from "./durations.ts";
import { createTeller, type Teller } from "./events/teller.ts";
import { abortedError } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { find, requireInstance } from "./find.ts";
import type { StopOptions } from "./handles/options.ts";
import { endProcesses, instanceProcesses } from "./instances/processes.ts";
import type { LimaContext } from "./lima-context.ts";
import { failureText, parseLogLine } from "./limactl/log-line.ts";
import { outcomeDetails, succeeded } from "./limactl/run-limactl.ts";
import { stopForcibly, stopGracefully } from "./limactl/stop.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";
import { sayWaiting } from "./events/say-waiting.ts";

const lockWaitMs = 5_000;

/** Stops an instance; see `RunningVm.stop`. */
export async function stop(context: LimaContext, name: string, options: StopOptions = {}): Promise<void> {
  checkDurations({ timeoutMs: options.timeoutMs });
  const teller = createTeller(name, context.onEvent, options.onEvent);
  const lockOptions = { teller, signal: options.signal, waitMs: lockWaitMs, goOnWhenFull: true };
  await withInstanceLock(context, name, lockOptions, () => stopUnlocked(context, name, options, teller));
}

/** The stopping itself, for a caller that holds the lock. An abort stops it at once, by force. */
export async function stopUnlocked(
  context: LimaContext,
  name: string,
  options: Pick<StopOptions, "force" | "timeoutMs" | "signal">,
  teller: Teller,
): Promise<void> {
  const record = await requireInstance(context, name);
  if (record.status === "Stopped") return;
  teller.tell({ type: "stopping" });
  const processes = await instanceProcesses(record);

  let aborted = false;
  if (record.status === "Running" && options.force !== true) {
    const timeoutMs = options.timeoutMs ?? 180_000;
    const quiet = sayWaiting(teller, () => "the guest to shut down");
    try {
      const outcome = await stopGracefully(context, name, {
        timeoutMs,
        signal: options.signal,
        onLine: (line, stream) => {
          if (stream === "stdout") return;
          const { level, text } = parseLogLine(line);
          if (level !== "debug" && level !== "fatal") teller.tell({ type: "message", level, text });
        },
      });
      if (!succeeded(outcome)) {
        const why =
          outcome.reason === "timed-out"
            ? `it did not within ${timeoutMs / 1000} s`
            : failureText(outcome.stderr);
        teller.tell({
          type: "message",
          level: "warning",
          text: `the guest does not shut down, pulling the plug: ${why}`,
        });
      }
    } catch (error) {
      if (!LimaControlError.is(error, "ABORTED")) throw error;
      aborted = true;
    } finally {
      quiet();
    }
  }

  const after = await find(context, name);
  if (after !== undefined && after.status !== "Stopped") {
    const outcome = await stopForcibly(context, name);
    const last = await find(context, name);
    if (last !== undefined && last.status !== "Stopped")
      throw stopFailed(name, failureText(outcome.stderr), outcomeDetails(outcome));
  }
  const livingPids = await endProcesses(record.dir, processes);
  if (livingPids.length > 0)
    throw stopFailed(name, `its process ${livingPids.join(", ")} still runs`, { livingPids });
  if (aborted) throw abortedError(`stopping ${name} gracefully`, options.signal);
}

function stopFailed(name: string, why: string, details: Record<string, unknown>): LimaControlError {
  return new LimaControlError({
    code: "STOP_FAILED",
    message: `instance ${name} was not stopped: ${why}`,
    details: { instance: name, ...details },
  });
}
