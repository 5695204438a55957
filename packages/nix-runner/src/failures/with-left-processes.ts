import type { LeftProcess } from "../builders/builder-watch.ts";
import type { Failure } from "./failure.ts";
import { oneLine } from "./text.ts";

/** Says which builders a nix that was killed has left running; without any the failure stays as it is. */
export function withLeftProcesses(failure: Failure, left: readonly LeftProcess[]): Failure {
  if (left.length === 0) return failure;
  const described = left.map(({ pid, command }) => `${pid} (${oneLine(command)})`).join(", ");
  const pids = left.map(({ pid }) => pid).join(" ");
  return {
    ...failure,
    message: `${failure.message}; builders still run: ${described}`,
    hint: `end them before you build again: kill ${pids}`,
    details: { ...failure.details, leftProcesses: left },
  };
}
