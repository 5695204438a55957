import { pipeline } from "node:stream/promises";

import type { RunningVm } from "@sysinit/lima-control";

import type { CommandContext } from "../command-context.ts";
import { signalledCommand } from "./guest-signals.ts";

/** How the command of a run is run. */
export interface AttendOptions {
  cwd: string;
  timeoutMs: number | undefined;
}

/**
 * Runs a command as if it were one of this machine: our terminal or our pipes are its own, signals go to it, and its status
 * comes back. A signal that comes once more ends the run.
 */
export async function attend(
  context: CommandContext,
  vm: RunningVm,
  argv: readonly string[],
  { cwd, timeoutMs }: AttendOptions,
): Promise<number> {
  const { output, signal } = context;
  // A terminal brings its own signals, as bytes that go through ssh.
  if (process.stdin.isTTY && process.stdout.isTTY && timeoutMs === undefined)
    return vm.shell({ argv, cwd, signal });

  const command = signalledCommand(argv);
  let told = false;
  const release = context.intercept((name) => {
    if (told) return false;
    told = true;
    // Whether it arrived is seen by how the command ends.
    command.send(vm, name).catch(() => {});
    return true;
  });
  try {
    const running = vm.spawn(command.argv, { cwd, signal, timeoutMs, input: process.stdin });
    await Promise.all([
      pipeline(running.stdout, output.stdout, { end: false }),
      pipeline(running.stderr, output.stderr, { end: false }),
    ]);
    return (await running.exit).exitCode;
  } finally {
    release();
    process.stdin.destroy();
  }
}
