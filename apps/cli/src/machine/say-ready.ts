import type { CommandContext } from "../command-context.ts";
import type { Target } from "../target.ts";

/** What `up` did on this call. */
export type Action = "created" | "started" | "restarted" | "recreated" | "already-running";

/** Says to a person that the VM is ready, and what can be done with it. */
export function sayReady(
  context: CommandContext,
  { name, project }: Target,
  action: Action,
  expiresAt: string | undefined,
  data: object = {},
): void {
  const state = action === "already-running" ? "is running already" : "is ready";
  const which = project === undefined ? ` ${name}` : "";
  const lines = [
    `${name} ${state}`,
    `  a shell:    lima-cli shell${which}`,
    `  a command:  lima-cli exec${which} -- uname -a`,
    `  gone again: lima-cli delete${which}`,
  ];
  if (expiresAt !== undefined) lines.push(`  it lasts until ${expiresAt}; lima-cli sweep deletes it then`);
  context.output.data({ action, ...data }, lines.join("\n"));
}
