import type { Check, Judgement } from "./check.ts";
import { skip } from "./check.ts";
import type { CheckContext } from "./context.ts";

/** A row about the checkout itself; skipped where the run has none. */
export function projectCheck(
  row: { id: string; section: string; title: string; timeoutMs?: number },
  run: (directory: string, context: CheckContext) => Promise<Judgement>,
): Check {
  return {
    ...row,
    stage: "project",
    run: async (context) =>
      context.project === undefined
        ? skip("no checkout of the project was given (--project)")
        : run(context.project.directory, context),
  };
}
