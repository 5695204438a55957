import { quoted } from "../quoted.ts";

/**
 * What sshd is to hand to the user's shell so that a program is started by the login shell, with the environment that
 * /etc/profile makes, as by `limactl shell` (cmd/limactl/shell.go): on NixOS nothing is found without it.
 */
export function loginShellCommand(argv: readonly string[]): string {
  return `exec "$SHELL" -l -c ${quoted(argv.map(quoted).join(" "))}`;
}
