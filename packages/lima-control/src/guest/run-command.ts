import { InputError, TailBuffer, type ProcessOutcome } from "@sysinit-internal/process";

import { checkDurations } from "../durations.ts";
import { throwIfAborted } from "../failures/aborted.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import type { GuestExit, SpawnOptions } from "../handles/options.ts";
import type { LimaContext } from "../lima-context.ts";
import { checkCommand, checkLength } from "./check-command.ts";
import { wrapCommand } from "./command-wrapper.ts";
import { MarkerFilter } from "./marker-filter.ts";
import { requireHostAgent } from "./require-host-agent.ts";
import { runInGuest } from "./run-in-guest.ts";
import { whyUnreachable } from "./why-unreachable.ts";

/** Takes what the command writes, and nothing else. No more of a stream is read before a returned promise is fulfilled. */
export type OnOutput = (chunk: Uint8Array, stream: "stdout" | "stderr") => void | Promise<void>;

/** For the details of errors. */
const toldBytes = 4 * 1024;

/**
 * Runs a command in the guest, gives its output to `onOutput` and returns its own status, whatever it is. A command that
 * is aborted, takes too long or whose input fails is ended in the guest as well.
 *
 * @throws LimaControlError see `RunningVm.tryExec`
 */
export async function runCommand(
  context: LimaContext,
  name: string,
  argv: readonly string[],
  options: SpawnOptions,
  onOutput: OnOutput,
): Promise<GuestExit> {
  throwIfAborted(`a command in ${name}`, options.signal);
  const { cwd = "/", env = {}, user, timeoutMs, signal } = options;
  checkCommand(argv, { cwd, env });
  checkDurations({ timeoutMs });
  const wrapped = wrapCommand(argv, { cwd, env, user });
  checkLength(wrapped.argv);
  await requireHostAgent(context, name, argv);
  const filter = new MarkerFilter(wrapped.marker);
  const told = { stdout: new TailBuffer(toldBytes), stderr: new TailBuffer(toldBytes) };
  const give: OnOutput = (chunk, stream) => {
    if (chunk.byteLength === 0) return;
    told[stream].push(chunk);
    return onOutput(chunk, stream);
  };
  const killStrays = async () => {
    if (!filter.reached) return;
    // The guest may be gone: then so is the command.
    await runInGuest(context, name, wrapped.killArgv, { timeoutMs: 20_000 }).catch(() => {});
  };

  let outcome: ProcessOutcome;
  try {
    outcome = await runInGuest(context, name, wrapped.argv, {
      input: options.input,
      timeoutMs,
      signal,
      maxOutputBytes: toldBytes,
      onChunk: (chunk, stream) => give(stream === "stdout" ? chunk : filter.push(chunk), stream),
    });
    await give(filter.rest(), "stderr");
  } catch (error) {
    await killStrays();
    if (!(error instanceof InputError)) throw error;
    throw new LimaControlError({
      code: "INPUT_FAILED",
      message: `${argv[0]} in ${name} was ended: what it was to read failed: ${error.message}`,
      details: { instance: name, argv },
      cause: error.cause,
    });
  }

  const { end } = filter;
  if (typeof end === "object") return { argv, exitCode: end.exitCode, durationMs: outcome.durationMs };
  if (end === "no-directory") {
    throw new LimaControlError({
      code: "GUEST_DIRECTORY_MISSING",
      message: `${argv[0]} in ${name} was not run: there is no directory ${cwd} in the guest, or it may not be entered`,
      details: { instance: name, argv, cwd },
    });
  }
  const stdout = told.stdout.toString();
  const stderr = filter.reached ? told.stderr.toString() : filter.before;
  if (outcome.reason === "timed-out") {
    await killStrays();
    throw new LimaControlError({
      code: "EXEC_TIMEOUT",
      message: `${argv[0]} in ${name} did not end within ${(timeoutMs ?? 0) / 1000} s`,
      details: { instance: name, argv, stdout, stderr },
    });
  }
  throw await whyUnreachable(context, name, argv, { ...outcome, stderr }, user);
}
