import { exec } from "./exec.ts";
import type { ExecOptions, GuestResult } from "./handles/options.ts";
import type { LimaContext } from "./lima-context.ts";

/** Runs a text with the guest's `/bin/sh -eu`; see `RunningVm.script`. */
export function script(
  context: LimaContext,
  name: string,
  text: string,
  options: ExecOptions = {},
): Promise<GuestResult> {
  return exec(context, name, ["/bin/sh", "-euc", "--", text], options);
}
