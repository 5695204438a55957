import { mostNeeded, type Change, type Needs } from "@sysinit-internal/machine";
import type { Output } from "@sysinit-internal/terminal";

const words: Readonly<Record<Needs, string>> = {
  nothing: "needs nothing",
  restart: "needs a restart",
  "new-vm": "needs a new VM",
};

/** The changes since a VM was made, one line each with what it needs. */
export function changeLines(changes: readonly Change[]): string[] {
  return changes.map(({ text, needs }) => `${text} (${words[needs]})`);
}

/** Says what has changed since the VM was made, and what makes it hold. */
export function sayChanges(output: Output, changes: readonly Change[]): void {
  if (changes.length === 0) return;
  output.say("changed since this VM was made:");
  for (const line of changeLines(changes)) output.say(`  ${line}`);
  if (mostNeeded(changes.map(({ needs }) => needs)) !== "nothing")
    output.say("  lima-cli up --recreate does what is needed; additional disks are kept");
}
