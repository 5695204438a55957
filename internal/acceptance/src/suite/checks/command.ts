import { LimaControlError } from "@sysinit/lima-control";
import type * as z from "zod";

import { fail, pass, type Judgement } from "../../check.ts";
import type { CheckContext } from "../../context.ts";
import { needGuest, shown } from "../../guest-text.ts";
import type { command, script } from "../entries/command.ts";
import { argvOf } from "../argv-of.ts";
import { textFault } from "./judge-text.ts";
import { defaultTimeoutMs } from "./limits.ts";
import { tailOf } from "./tail.ts";

type CommandCheck = z.infer<typeof command> | z.infer<typeof script>;

/** Whether a command ends in time with the status and the output that are expected. */
export async function judgeCommand(check: CommandCheck, { guest, signal }: CheckContext): Promise<Judgement> {
  const { status = 0, stdout, stderr } = check;
  const timeoutMs = check.timeoutSeconds === undefined ? defaultTimeoutMs : check.timeoutSeconds * 1000;
  const { argv, ...how } = argvOf(check);
  let result;
  try {
    result = await needGuest(guest).exec(argv, { ...how, timeoutMs, signal });
  } catch (error) {
    if (LimaControlError.is(error, "EXEC_TIMEOUT")) return fail(`did not end within ${timeoutMs / 1000} s`);
    if (LimaControlError.is(error, "GUEST_DIRECTORY_MISSING")) return fail(error.message);
    throw error;
  }
  const faults = [
    result.exitCode === status
      ? undefined
      : `exit status ${result.exitCode}, not ${status}: ${shown(result)}`,
    textFault("stdout", result.stdout, stdout),
    textFault("stderr", result.stderr, stderr),
  ].filter((fault) => fault !== undefined);
  const output = tailOf(result);
  const judgement = faults.length > 0 ? fail(faults.join("\n")) : pass(shown(result));
  return { ...judgement, ...(output !== "" && { output }) };
}
