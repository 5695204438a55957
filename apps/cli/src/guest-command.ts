import { isCodedError } from "@sysinit-internal/errors";
import { exitCodes, Interrupted } from "@sysinit-internal/terminal";

import type { CommandContext } from "./command-context.ts";

/** Runs what ends with the guest's status; when it was not the guest that failed, the status is 125, and 124 after a time-out. */
export async function asGuestStatus(context: CommandContext, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (context.signal.reason instanceof Interrupted || !isCodedError(error)) throw error;
    context.output.error(error);
    return error.code === "EXEC_TIMEOUT" ? exitCodes.timedOut : exitCodes.ourFailure;
  }
}
