import { runProcess, type ProcessOutcome, type ProcessRequest } from "@sysinit-internal/process";

import { abortedError } from "../failures/aborted.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import type { LimaContext } from "../lima-context.ts";
import { failureText } from "./log-line.ts";

/** How limactl is called, besides its arguments. */
export type LimactlOptions = Pick<
  ProcessRequest,
  "cwd" | "input" | "stdio" | "onChunk" | "onLine" | "timeoutMs" | "signal" | "maxOutputBytes"
> & {
  /** Added to the environment of limactl. */
  env?: Readonly<Record<string, string>> | undefined;
};

const globalFlags = ["--tty=false", "--log-format=json"] as const;

/**
 * Runs limactl and returns how it ended, whatever that was: most of its failures share exit status 1, so the callers
 * decide by what they see afterwards.
 *
 * `SSH` is taken out of the environment, because limactl would start what it names in place of ssh.
 *
 * @throws LimaControlError ROOT_REFUSED, LIMACTL_NOT_FOUND, ABORTED
 */
export async function runLimactl(
  context: LimaContext,
  args: readonly string[],
  options: LimactlOptions = {},
): Promise<ProcessOutcome> {
  await refuseRoot(context);
  const { env, ...rest } = options;
  const outcome = await runProcess({
    ...rest,
    file: context.limactl,
    args: [...globalFlags, ...args],
    env: { ...context.env, ...env, LIMA_HOME: context.home, SSH: undefined },
  });
  if (outcome.reason === "spawn-failed") {
    throw new LimaControlError({
      code: "LIMACTL_NOT_FOUND",
      message: `${context.limactl} could not be started: ${outcome.spawnErrorCode ?? "unknown reason"}`,
      hint: "Install Lima (https://lima-vm.io/docs/installation/) or say where limactl is.",
      details: { limactl: context.limactl, path: context.env["PATH"] },
    });
  }
  if (outcome.reason === "aborted") throw abortedError(`limactl ${args[0] ?? ""}`, options.signal);
  return outcome;
}

/** Whether limactl did what it was asked for. */
export function succeeded(outcome: ProcessOutcome): boolean {
  return outcome.reason === "exited" && outcome.exitCode === 0;
}

/** What a failed limactl said of itself, as details of an error. */
export function outcomeDetails(outcome: ProcessOutcome): Record<string, unknown> {
  return {
    argv: outcome.argv,
    exitCode: outcome.exitCode,
    reason: outcome.reason,
    stderr: outcome.stderr.split("\n").slice(-30),
  };
}

/** The error of a call that should not fail and for which there is no better code. */
export function limactlFailed(what: string, outcome: ProcessOutcome): LimaControlError {
  return new LimaControlError({
    code: "LIMACTL_FAILED",
    message: `${what}: limactl ${outcome.reason === "exited" ? `ended with status ${outcome.exitCode}` : `was ended (${outcome.reason})`}: ${failureText(outcome.stderr)}`,
    details: outcomeDetails(outcome),
  });
}

const takesRoot = new WeakSet<LimaContext>();

// Asked for rather than known: limactl has no switch for it, but what stands in its place may be less strict.
async function refuseRoot(context: LimaContext): Promise<void> {
  if (process.geteuid?.() !== 0 || takesRoot.has(context)) return;
  const outcome = await runProcess({
    file: context.limactl,
    args: [...globalFlags, "info"],
    env: { ...context.env, LIMA_HOME: context.home },
    timeoutMs: 60_000,
  });
  if (!/\broot\b/.test(outcome.stderr)) {
    takesRoot.add(context);
    return;
  }
  throw new LimaControlError({
    code: "ROOT_REFUSED",
    message: "limactl refuses to run as root, so no VM can be managed by this user",
    hint: "Run this as an ordinary user, for example with: runuser -u USER -- COMMAND",
  });
}
