import { LimaControlError } from "../failures/lima-control-error.ts";

// The command goes to ssh as one argument, which Linux limits to 128 KiB (MAX_ARG_STRLEN), and every quote in it grows.
const maxCommandBytes = 64 * 1024;

/** Refuses what cannot be carried to the guest as it is. @throws LimaControlError BAD_ARGUMENT */
export function checkCommand(
  argv: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string>> },
): void {
  const refuse = (message: string, hint?: string) =>
    new LimaControlError({ code: "BAD_ARGUMENT", message, hint, details: { argv: argv.slice(0, 20) } });

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
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 3, 0);
  if (bytes > maxCommandBytes) {
    throw refuse(
      `the command for the guest is too long: ${bytes} bytes, and ${maxCommandBytes} are carried`,
      "Give what is long as input, on stdin.",
    );
  }
}
