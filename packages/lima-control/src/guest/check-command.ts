import { LimaControlError } from "../failures/lima-control-error.ts";
import { loginShellCommand } from "./login-shell-command.ts";

// Linux takes no argument of 128 KiB or more (MAX_ARG_STRLEN); `limactl shell` puts some words of its own before the command.
const maxLineBytes = 127 * 1024;

/** Refuses what cannot be carried to the guest as it is. @throws LimaControlError BAD_ARGUMENT */
export function checkCommand(
  argv: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string>> },
): void {
  const refuse = (message: string) =>
    new LimaControlError({ code: "BAD_ARGUMENT", message, details: { argv: argv.slice(0, 20) } });

  if (argv.length === 0 || argv[0] === "") throw refuse("a command for the guest needs a program");
  if (!options.cwd.startsWith("/")) {
    throw refuse(
      `the working directory in the guest must be an absolute path, not ${JSON.stringify(options.cwd)}`,
    );
  }
  for (const key of Object.keys(options.env)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
      throw refuse(`${JSON.stringify(key)} cannot be the name of a variable`);
  }
  const texts = [...argv, options.cwd, ...Object.values(options.env)];
  if (texts.some((text) => text.includes("\0")))
    throw refuse("a command for the guest cannot hold a zero byte");
}

/**
 * Refuses what is too long to be one argument of ssh, in which every quote has grown.
 *
 * @throws LimaControlError BAD_ARGUMENT
 */
export function checkLength(argv: readonly string[]): void {
  const bytes = Buffer.byteLength(loginShellCommand(argv));
  if (bytes <= maxLineBytes) return;
  throw new LimaControlError({
    code: "BAD_ARGUMENT",
    message: `the command for the guest is too long: ${bytes} bytes when it is quoted, and ${maxLineBytes} are carried`,
    hint: "Give what is long as input, on stdin.",
  });
}
