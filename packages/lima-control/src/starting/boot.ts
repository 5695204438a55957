import { setTimeout as sleep } from "node:timers/promises";

import type { ProcessOutcome } from "@sysinit-internal/process";

import { gatherEvidence } from "../diagnosis/evidence.ts";
import { findHopeless } from "../diagnosis/find-cause.ts";
import { sayWaiting } from "../events/say-waiting.ts";
import type { Teller } from "../events/teller.ts";
import { abortedError } from "../failures/aborted.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import { find } from "../find.ts";
import type { Readiness } from "../handles/running-vm.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { failureText, parseLogLine } from "../limactl/log-line.ts";
import { succeeded } from "../limactl/run-limactl.ts";
import { startExisting } from "../limactl/start.ts";
import { hostAgentVerdict, type HostAgentVerdict } from "./host-agent-events.ts";
import { consoleTail } from "./log-files.ts";
import { startFailure } from "./start-failure.ts";

// limactl may go on after the host agent has said how the start ended, but not for long.
const settledGraceMs = 60_000;
const watchEveryMs = 1_000;
const lookForCauseEveryMs = 5_000;

export interface BootOptions {
  timeoutMs: number;
  signal: AbortSignal | undefined;
  /** Added to the environment of limactl; by default what the accelerator needs. */
  env?: Readonly<Record<string, string>> | undefined;
  /** What has to be done in the guest for limactl to see what it waits for, from when it waits. The start fails with it. */
  whileWaiting?: ((signal: AbortSignal) => Promise<void>) | undefined;
}

/**
 * Starts an instance that exists and does not run, and waits for what limactl calls READY, or until the logs show that it
 * will not come any more.
 *
 * limactl ends with status 1 for a VM that does not run and for one that runs without something alike, so its status is
 * only believed when it is 0; else the host agent's own log and the state of the instance decide.
 *
 * @throws LimaControlError START_FAILED, START_TIMEOUT, ABORTED; the VM may still be running then
 */
export async function boot(
  context: LimaContext,
  record: InstanceRecord,
  options: BootOptions,
  teller: Teller,
): Promise<Readiness> {
  const { name, dir } = record;
  const { timeoutMs, signal, whileWaiting } = options;
  const accelerator = await context.accelerator(record.arch);
  teller.tell({
    type: "message",
    level: "info",
    text: `accelerator ${accelerator.kind}: ${accelerator.reason}`,
  });
  teller.tell({ type: "starting" });

  const begunAtMs = Date.now();
  const progress = watchProgress(teller);
  const settled = new AbortController();
  const ended = new AbortController();
  const watching = watchUntilSettled(dir, begunAtMs, settled, ended.signal, (line) => progress.console(line));
  const hopeless = watchForHopelessness(
    dir,
    () => progress.requirement() !== undefined,
    settled,
    ended.signal,
  );
  const quiet = sayWaiting(teller, () => progress.waitingFor());
  const givesUp = signal === undefined ? settled.signal : AbortSignal.any([signal, settled.signal]);
  let outcome: ProcessOutcome | undefined;
  let own: Promise<string | undefined> | undefined;
  try {
    outcome = await startExisting(context, name, {
      timeoutMs,
      signal: givesUp,
      env: options.env ?? accelerator.env,
      onLine: (line, stream) => {
        if (stream === "stderr") progress.line(line);
        if (progress.requirement() !== undefined)
          own ??= whyFailed(whileWaiting, settled, givesUp, ended.signal);
      },
    });
    if (succeeded(outcome)) await own;
  } catch (error) {
    if (!LimaControlError.is(error, "ABORTED")) throw error;
    if (signal?.aborted) throw abortedError(`starting ${name}`, signal);
  } finally {
    quiet();
    ended.abort();
    await watching;
  }
  const givenUp = await hopeless;
  const ownFailure = await own;
  // While the caller's own work went on, after limactl was done.
  if (signal?.aborted) throw abortedError(`starting ${name}`, signal);

  if (ownFailure === undefined) {
    if (outcome !== undefined && succeeded(outcome)) return { state: "ready", reasons: [] };
    const verdict = await hostAgentVerdict(dir, begunAtMs);
    const runs = (await find(context, name))?.status === "Running";
    if (runs && verdict.state === "degraded") return { state: "degraded", reasons: verdict.errors };
    if (runs && verdict.state === "running") return { state: "ready", reasons: [] };
  }
  throw await startFailure(context, record, {
    code: outcome?.reason === "timed-out" ? "START_TIMEOUT" : "START_FAILED",
    limactl: ownFailure ?? limactlSaid(outcome, givenUp),
    requirement: progress.requirement(),
    timeoutMs,
    accelerator,
  });
}

/** Why the caller's own work failed, which ends limactl. */
async function whyFailed(
  work: BootOptions["whileWaiting"],
  settled: AbortController,
  givesUp: AbortSignal,
  ended: AbortSignal,
): Promise<string | undefined> {
  try {
    await work?.(AbortSignal.any([givesUp, ended]));
    return undefined;
  } catch (error) {
    // The start was over first.
    if (ended.aborted) return undefined;
    if (givesUp.aborted) return "what was to be done in the guest was not done in time";
    settled.abort();
    return (error as Error).message;
  }
}

function limactlSaid(outcome: ProcessOutcome | undefined, givenUp: boolean): string {
  if (outcome !== undefined) return failureText(outcome.stderr);
  return givenUp ? "it was not waited for any longer" : "the host agent is ending";
}

/**
 * Looks for a cause with which the start cannot succeed any more, ends limactl when it has been there long enough, and says
 * whether it did. Until the guest is waited for, the logs may be those of an earlier start.
 */
async function watchForHopelessness(
  dir: string,
  isWaitingForGuest: () => boolean,
  settled: AbortController,
  ended: AbortSignal,
): Promise<boolean> {
  let since: { code: string; atMs: number } | undefined;
  for (;;) {
    await sleep(lookForCauseEveryMs, undefined, { signal: ended }).catch(() => {});
    if (ended.aborted) return false;
    if (!isWaitingForGuest()) continue;
    const found = findHopeless(await gatherEvidence(dir, { limactl: "", requirement: undefined }));
    const nowMs = performance.now();
    if (found === undefined) since = undefined;
    else if (since?.code !== found.cause.code) since = { code: found.cause.code, atMs: nowMs };
    else if (nowMs - since.atMs >= found.afterMs) {
      settled.abort();
      return true;
    }
  }
}

/** Follows the host agent's log until it says how the start ended, and ends limactl if that does not notice. */
async function watchUntilSettled(
  dir: string,
  begunAtMs: number,
  settled: AbortController,
  ended: AbortSignal,
  onConsole: (line: string) => void,
): Promise<void> {
  let settledAt: number | undefined;
  while (!ended.aborted) {
    await sleep(watchEveryMs, undefined, { signal: ended }).catch(() => {});
    const verdict: HostAgentVerdict = await hostAgentVerdict(dir, begunAtMs);
    if (verdict.state !== "starting") settledAt ??= performance.now();
    if (settledAt !== undefined && performance.now() - settledAt > settledGraceMs) {
      settled.abort();
      return;
    }
    const last = (await consoleTail(dir, 1)).at(-1);
    if (last !== undefined) onConsole(last);
  }
}

/** Turns limactl's lines into events, and keeps what is being waited for. */
function watchProgress(teller: Teller) {
  let requirement: string | undefined;
  let console: string | undefined;
  return {
    line(line: string): void {
      const { level, text, fromHostAgent } = parseLogLine(line);
      if (level === "debug" || level === "fatal") return;
      if (fromHostAgent && level === "info" && /\brequirement\b/.test(text)) {
        if (/^waiting for/i.test(text)) requirement = text.replace(/^waiting for (?:the )?/i, "");
        teller.tell({ type: "requirement", text });
      } else {
        teller.tell({ type: "message", level, text });
      }
    },
    console(line: string): void {
      console = line;
    },
    requirement: () => requirement,
    waitingFor(): string {
      const what = requirement ?? "the VM to start";
      return console === undefined ? what : `${what}; its console: ${console.slice(0, 100)}`;
    },
  };
}
