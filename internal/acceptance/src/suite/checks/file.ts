import type * as z from "zod";

import { fail, pass, type Judgement } from "../../check.ts";
import type { CheckContext } from "../../context.ts";
import { needGuest, shown } from "../../guest-text.ts";
import type { file } from "../entries/file.ts";
import { textFault } from "./judge-text.ts";

// In one call: what kind of file it is, then its content where that is asked for. 3 says that there is none.
const look = `[ -e "$1" ] || [ -L "$1" ] || exit 3
stat -c '%a %U:%G %F' -- "$1" || exit 4
[ "$2" = no ] || cat -- "$1"`;

/** Whether a file of the guest is there, or not, and as it should be. */
export async function judgeFile(
  check: z.infer<typeof file>,
  { guest, signal }: CheckContext,
): Promise<Judgement> {
  const { file: path, absent, mode, owner, content, user } = check;
  const wantsContent = content === undefined ? "no" : "yes";
  const argv = ["sh", "-c", look, "sh", path, wantsContent];
  const result = await needGuest(guest).exec(argv, { signal, user });
  if (result.exitCode === 3)
    return absent === true ? pass(`${path} is not there`) : fail(`${path} is not there`);
  const end = result.stdout.indexOf("\n");
  const [seenMode = "", seenOwner = "", ...kind] = result.stdout.slice(0, end).split(" ");
  if (absent === true) return fail(`${path} is there: ${result.stdout.slice(0, end)}`);
  if (result.exitCode !== 0) return fail(`${path} cannot be read: ${shown({ ...result, stdout: "" })}`);
  const faults = [
    mode === undefined || Number.parseInt(mode, 8) === Number.parseInt(seenMode, 8)
      ? undefined
      : `mode is ${seenMode}, not ${mode}`,
    owner === undefined || owner === seenOwner ? undefined : `owner is ${seenOwner}, not ${owner}`,
    textFault("content", result.stdout.slice(end + 1), content),
  ].filter((fault) => fault !== undefined);
  if (faults.length > 0) return fail(`${path}: ${faults.join("; ")}`);
  return pass(`${path}: ${kind.join(" ")}, ${seenMode}, ${seenOwner}`);
}
