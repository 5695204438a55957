import { LineSplitter, TailBuffer } from "@sysinit-internal/process";

import { LimaControlError } from "./failures/lima-control-error.ts";
import { runCommand } from "./guest/run-command.ts";
import type { ExecOptions, GuestResult } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";

const keptBytes = 8 * 1024 * 1024;
const maxLineLength = 1024 * 1024;

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
  const { onLine, ...spawnOptions } = options;
  const kept = { stdout: new TailBuffer(keptBytes), stderr: new TailBuffer(keptBytes) };
  const lines = onLine && {
    stdout: new LineSplitter((line) => onLine(line, "stdout"), maxLineLength),
    stderr: new LineSplitter((line) => onLine(line, "stderr"), maxLineLength),
  };
  const exit = await runCommand(context, name, argv, spawnOptions, (chunk, stream) => {
    kept[stream].push(chunk);
    lines?.[stream].push(chunk);
  });
  lines?.stdout.end();
  lines?.stderr.end();
  return { ...exit, stdout: kept.stdout.toString(), stderr: kept.stderr.toString() };
}
