import { once } from "node:events";
import { createInterface } from "node:readline/promises";

import { MachineError } from "@sysinit-internal/machine";

import type { CommandContext } from "./command-context.ts";

/** The flags of a command that removes something. */
export interface RemovalFlags {
  dryRun?: boolean;
  yes?: boolean;
}

/**
 * Whether a removal may begin: `--yes` says so, else the person at the terminal is asked; what is no yes is a no.
 *
 * @param question What will be removed, as in "remove 3 images (1.2 GiB)".
 * @throws MachineError CONFIRMATION_NEEDED where there is no terminal to ask on
 */
export async function mayRemove(
  { output, signal }: Pick<CommandContext, "output" | "signal">,
  question: string,
  { yes = false }: RemovalFlags,
  input: NodeJS.ReadableStream & { isTTY?: boolean } = process.stdin,
): Promise<boolean> {
  if (yes) return true;
  if (input.isTTY !== true || output.stderr.isTTY !== true) {
    throw new MachineError({
      code: "CONFIRMATION_NEEDED",
      message: `nobody is there to be asked whether to ${question}: this is no terminal`,
      hint: "give --yes to do it, or --dry-run to see what would be done",
    });
  }
  // Not as an editor of lines, so that Ctrl-C stays a signal.
  const lines = createInterface({ input, output: output.stderr, terminal: false });
  try {
    const answer = lines.question(`${question}? [y/N] `, { signal });
    const ended = once(lines, "close", { signal }).then(() => "");
    const said = await Promise.race([answer, ended]);
    const agreed = /^y(?:es)?$/i.test(said.trim());
    if (!agreed) output.say("nothing was removed");
    return agreed;
  } finally {
    lines.close();
  }
}
