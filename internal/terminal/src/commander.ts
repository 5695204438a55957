import { CommanderError, type Command } from "commander";

import { exitCodes } from "./exit-codes.ts";

/** Runs the program. A command line that commander refuses ends with the usage status; it has said why. */
export async function parse(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error.exitCode !== 0 && argv.includes("--json")) {
      const message = error.message.replace(/^error: /, "");
      process.stdout.write(`${JSON.stringify({ error: { code: "USAGE", message } })}\n`);
    }
  }
}
