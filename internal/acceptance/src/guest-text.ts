import { fail, pass, type Judgement } from "./check.ts";
import type { CommandResult } from "./context.ts";

/** The first lines of what a command printed, for evidence. */
export function shown(result: CommandResult): string {
  const text = (result.stdout.trim() || result.stderr.trim()).split("\n").slice(0, 6).join("\n");
  return text === "" ? `exit status ${result.exitCode}` : text;
}

/** Passes when the command succeeded and its output has the form wanted. */
export function judge(result: CommandResult, wanted: RegExp): Judgement {
  if (result.exitCode !== 0) return fail(`exit status ${result.exitCode}: ${shown(result)}`);
  return wanted.test(result.stdout) ? pass(shown(result)) : fail(`expected ${wanted}, got: ${shown(result)}`);
}

/** The guest of a check that needs one. */
export function needGuest<Guest>(guest: Guest | undefined): Guest {
  if (guest === undefined) throw new Error("this check needs a running VM");
  return guest;
}
