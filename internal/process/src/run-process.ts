import { setTimeout as sleep } from "node:timers/promises";

import { feedInput } from "./feed-input.ts";
import { LineSplitter } from "./line-splitter.ts";
import { forgetGroup, rememberGroup } from "./living-groups.ts";
import { longestTimerMs } from "./longest-timer.ts";
import type { ProcessOutcome } from "./process-outcome.ts";
import type { ProcessRequest } from "./process-request.ts";
import { startProgram } from "./start-program.ts";
import { defaultStopSteps, stopGroup } from "./stop.ts";
import { TailBuffer } from "./tail-buffer.ts";

// A daemon that the program left behind may hold its pipes for ever; what was written before the exit is there at once,
// though who reads it may be slow.
const pipeGraceMs = 500;

/**
 * Runs a program in a process group of its own, with closed stdin, bounded output, a time limit and an AbortSignal.
 * Never rejects for a program that failed, could not be started or was ended; rejects with an InputError for an `input` that
 * failed, and with its own error for an `onChunk` or an `onLine` that did.
 * With `stdio: "inherit"` the program stays in our group, since a terminal belongs to one group only.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessOutcome> {
  const startedAt = performance.now();
  const argv = [request.file, ...request.args];
  const ended = (outcome: Partial<ProcessOutcome> & Pick<ProcessOutcome, "reason">): ProcessOutcome => ({
    argv,
    exitCode: undefined,
    signal: undefined,
    spawnErrorCode: undefined,
    stdout: "",
    stderr: "",
    truncated: false,
    durationMs: performance.now() - startedAt,
    ...outcome,
  });
  if (request.signal?.aborted) return ended({ reason: "aborted" });
  // No program can be given a NUL, and Node and execa throw at one.
  if (argv.some((argument) => argument.includes("\0")))
    return ended({ reason: "spawn-failed", spawnErrorCode: "ERR_INVALID_ARG_VALUE" });

  const captured = request.stdio !== "inherit";
  const { input } = request;
  const streamed = typeof input === "object" && Symbol.asyncIterator in input;
  const starting = startProgram({ ...request, env: definedOnly(request.env ?? process.env) });
  // Not awaited for nothing: who exits right after the call is to leave no program behind.
  const program = starting instanceof Promise ? await starting : starting;
  const { pid, exited } = program;

  const stdout = new TailBuffer(request.maxOutputBytes ?? 8 * 1024 * 1024);
  const stderr = new TailBuffer(request.maxOutputBytes ?? 8 * 1024 * 1024);
  const followers = [
    follow(program.stdout, stdout, request, "stdout", (error) => fail(error)),
    follow(program.stderr, stderr, request, "stderr", (error) => fail(error)),
  ].filter((follower) => follower !== undefined);

  if (captured && pid !== undefined) rememberGroup(pid);

  let endedBy: "timed-out" | "aborted" | undefined;
  let tellEnding: (() => void) | undefined;
  const ending = new Promise<void>((resolve) => (tellEnding = resolve));
  const end = (why: "timed-out" | "aborted") => {
    if (endedBy !== undefined || pid === undefined) return;
    endedBy = why;
    tellEnding?.();
    stopGroup(pid, captured, request.stopSteps ?? defaultStopSteps, exited);
  };
  const onAbort = () => end("aborted");
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure ??= { error };
    end("aborted");
  };
  const stopFeeding = streamed && program.stdin !== null ? feedInput(input, program.stdin, fail) : undefined;
  request.signal?.addEventListener("abort", onAbort);
  // It may have been while the program was being started.
  if (request.signal?.aborted) onAbort();
  const { timeoutMs = Infinity } = request;
  const timer = timeoutMs > longestTimerMs ? undefined : setTimeout(() => end("timed-out"), timeoutMs);

  try {
    await exited;
    let open = true;
    const closed = program.closed.then(() => (open = false));
    do {
      await Promise.race([closed, sleep(pipeGraceMs, undefined, { ref: false })]);
    } while (open && endedBy === undefined && followers.some((follower) => follower.isBusy(pipeGraceMs)));
    await Promise.race([ending, Promise.all(followers.map((follower) => follower.handed()))]);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", onAbort);
    if (pid !== undefined) forgetGroup(pid);
    program.stdout?.destroy();
    program.stderr?.destroy();
    stopFeeding?.();
    for (const follower of followers) follower.end();
  }
  if (failure !== undefined) throw failure.error;

  const outputs = {
    stdout: stdout.toString(),
    stderr: stderr.toString(),
    truncated: stdout.truncated || stderr.truncated,
  };
  if (pid === undefined) {
    const spawnErrorCode = await program.spawnErrorCode();
    return ended({ reason: "spawn-failed", spawnErrorCode, ...outputs });
  }
  const exitCode = program.exitCode();
  const signal = program.signal();
  return ended({
    reason: endedBy ?? (signal === undefined ? "exited" : "signalled"),
    exitCode,
    signal,
    ...outputs,
  });
}

interface Follower {
  /** Whether it has got something within that time, or whoever it was given to is not done with it. */
  isBusy(withinMs: number): boolean;
  /** When whoever it was given to last is done with it. */
  handed(): Promise<void>;
  end(): void;
}

function follow(
  source: NodeJS.ReadableStream | null | undefined,
  tail: TailBuffer,
  request: ProcessRequest,
  stream: "stdout" | "stderr",
  onFailure: (error: unknown) => void,
): Follower | undefined {
  if (source == null) return undefined;
  const { onChunk, onLine } = request;
  const splitter =
    onLine && new LineSplitter((line) => onLine(line, stream), request.maxLineLength ?? 1024 * 1024);
  let lastAt = performance.now();
  let held = false;
  let failed = false;
  let handed = Promise.resolve();
  // What throws in a listener would end our process. Who has thrown is given nothing more.
  const give = <Given>(giving: () => Given): Given | undefined => {
    if (failed) return undefined;
    try {
      return giving();
    } catch (error) {
      failed = true;
      onFailure(error);
      return undefined;
    }
  };
  source.on("data", (chunk: Uint8Array) => {
    lastAt = performance.now();
    tail.push(chunk);
    const taken = give(() => {
      splitter?.push(chunk);
      return onChunk?.(chunk, stream);
    });
    if (taken === undefined) return;
    held = true;
    source.pause();
    handed = taken.catch(onFailure).then(() => {
      held = false;
      lastAt = performance.now();
      source.resume();
    });
  });
  // Destroying a pipe that a daemon still holds ends it with an error that says nothing new.
  source.on("error", () => {});
  return {
    isBusy: (withinMs) => held || performance.now() - lastAt < withinMs,
    handed: () => handed,
    end: () => give(() => splitter?.end()),
  };
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
