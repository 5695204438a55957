import type { ExecOptions } from "@sysinit/lima-control";

/** A command or a script as suites write them. */
interface Written {
  user?: "root" | undefined;
  cwd?: string | undefined;
  env?: Record<string, string> | undefined;
  input?: string | undefined;
}

/** What to run in the guest for a command or a script, and how. */
export function argvOf(
  written: Written & ({ command: string[] } | { script: string }),
): { argv: string[] } & Pick<ExecOptions, "user" | "cwd" | "env" | "input"> {
  const { user, cwd, env, input } = written;
  const how = { user, cwd, env, input };
  if ("command" in written) return { argv: written.command, ...how };
  // Not by stdin, which is the script's own to read.
  return { argv: ["/bin/sh", "-euc", written.script], ...how };
}
