import { Outlet } from "./guest/outlet.ts";
import { runCommand } from "./guest/run-command.ts";
import type { GuestProcess } from "./handles/guest-process.ts";
import type { SpawnOptions } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";

/** Runs a command in the guest while its output is read; see `RunningVm.spawn`. */
export function spawn(
  context: LimaContext,
  name: string,
  argv: readonly string[],
  options: SpawnOptions = {},
): GuestProcess {
  const killed = new AbortController();
  const signal =
    options.signal === undefined ? killed.signal : AbortSignal.any([options.signal, killed.signal]);
  const outlets = { stdout: new Outlet(), stderr: new Outlet() };
  const close = (error?: unknown) => {
    outlets.stdout.close(error);
    outlets.stderr.close(error);
  };
  const exit = runCommand(context, name, argv, { ...options, signal }, (chunk, stream) =>
    outlets[stream].write(chunk),
  );
  // Who awaits `exit` is told; who does not is not to be ended by it.
  exit.then(() => close(), close);
  const kill = async () => {
    killed.abort();
    await exit.catch(() => {});
  };
  return {
    argv,
    get stdout() {
      return outlets.stdout.stream;
    },
    get stderr() {
      return outlets.stderr.stream;
    },
    exit,
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
