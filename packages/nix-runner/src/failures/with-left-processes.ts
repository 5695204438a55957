import type { LeftProcess } from "../builders/builder-watch.ts";
import type { Failure } from "./failure.ts";
import { oneLine } from "./text.ts";

/** Adds facts to the details of a failure, and says which builders a nix that was killed has left running. */
export function withLeftProcesses(
  { details, ...failure }: Failure,
  left: readonly LeftProcess[],
  facts: Readonly<Record<string, unknown>>,
): Failure {
  if (left.length === 0) return { ...failure, details: { ...details, ...facts } };
  const described = left.map(({ pid, command }) => `${pid} (${oneLine(command)})`).join(", ");
  const pids = left.map(({ pid }) => pid).join(" ");
  return {
    ...failure,
    message: `${failure.message}; builders still run: ${described}`,
    hint: `end them before you build again: kill ${pids}`,
    details: { ...details, ...facts, leftProcesses: left },
  };
}
