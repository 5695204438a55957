import type { ProcessOutcome } from "@sysinit-internal/process";

import { throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { checkCommand } from "./guest/check-command.ts";
import { wrapCommand } from "./guest/command-wrapper.ts";
import { whyUnreachable } from "./guest/why-unreachable.ts";
import type { ExecOptions, GuestResult } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";
import { runInGuest } from "./limactl/shell.ts";

/** Runs a command in the guest and fails unless its status is 0; see `RunningVm.exec`. */
export async function exec(
  context: LimaContext,
  name: string,
  argv: readonly string[],
  options: ExecOptions = {},
): Promise<GuestResult> {
  const result = await tryExec(context, name, argv, options);
  if (result.exitCode === 0) return result;
  const said = result.stderr.trim().split("\n").at(-1) ?? "";
  throw new LimaControlError({
    code: "GUEST_COMMAND_FAILED",
    message: `${argv[0]} in ${name} ended with status ${result.exitCode}${said === "" ? "" : `: ${said}`}`,
    details: { instance: name, ...result },
  });
}

/** Runs a command in the guest and returns its own status; see `RunningVm.tryExec`. */
export async function tryExec(
  context: LimaContext,
  name: string,
  argv: readonly string[],
  options: ExecOptions = {},
): Promise<GuestResult> {
  throwIfAborted(`a command in ${name}`, options.signal);
  const cwd = options.cwd ?? "/";
  const env = options.env ?? {};
  checkCommand(argv, { cwd, env });
  const wrapped = wrapCommand(argv, { cwd, env, user: options.user });
  const { onLine } = options;
  const stderrLines = wrapped.follow(onLine && ((line) => onLine(line, "stderr")));
  const killStrays = async () => {
    if (!stderrLines.reached()) return;
    // The guest may be gone: then so is the command.
    await runInGuest(context, name, "/", wrapped.killArgv, { timeoutMs: 20_000 }).catch(() => {});
  };

  let outcome: ProcessOutcome;
  try {
    outcome = await runInGuest(context, name, "/", wrapped.argv, {
      input: options.input,
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      onLine(line, stream) {
        if (stream === "stderr") stderrLines.line(line);
        else onLine?.(line, stream);
      },
    });
  } catch (error) {
    if (LimaControlError.is(error, "ABORTED")) await killStrays();
    throw error;
  }

  const { end, stderr } = wrapped.read(outcome.stderr);
  if (typeof end === "object") {
    return { argv, exitCode: end.exitCode, stdout: outcome.stdout, stderr, durationMs: outcome.durationMs };
  }
  if (end === "no-directory") {
    throw new LimaControlError({
      code: "GUEST_DIRECTORY_MISSING",
      message: `${argv[0]} in ${name} was not run: there is no directory ${cwd} in the guest, or it may not be entered`,
      details: { instance: name, argv, cwd },
    });
  }
  if (outcome.reason === "timed-out") {
    await killStrays();
    throw new LimaControlError({
      code: "EXEC_TIMEOUT",
      message: `${argv[0]} in ${name} did not end within ${(options.timeoutMs ?? 0) / 1000} s`,
      details: { instance: name, argv, stdout: outcome.stdout.slice(-4096), stderr: stderr.slice(-4096) },
    });
  }
  throw await whyUnreachable(context, name, argv, { ...outcome, stderr }, options.user);
}
