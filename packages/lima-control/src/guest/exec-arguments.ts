/**
 * A text for `sh -c` that becomes the program which its arguments name: never a builtin, and `A=b` is taken for what it is.
 * A name that begins with a dash is an option of `exec` in bash, and of a program called so nobody has heard.
 */
export const execArguments = 'case $1 in -*) echo "$1: not found" >&2; exit 127 ;; esac; exec "$@"';

/**
 * A command with variables in its environment. They are given by env(1), which the command takes the place of: a shell has
 * variables that it does not let be set, as UID in bash, or sets itself. nice(1) stands before a name that env would
 * take for one more variable.
 */
export function withVariables(env: Readonly<Record<string, string>>, argv: readonly string[]): string[] {
  const assignments = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  if (assignments.length === 0) return [...argv];
  const program = argv[0]?.includes("=") === true ? ["nice", "-n", "0", "--", ...argv] : argv;
  return ["/usr/bin/env", ...assignments, ...program];
}
