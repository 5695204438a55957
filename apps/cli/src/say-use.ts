import type { UseResult } from "@sysinit/image-store";

import type { CommandContext } from "./command-context.ts";

/** What the end of a step says of another current generation. */
export const describeUse =
  (dryRun: boolean) =>
  ({ outcome, image }: UseResult): string =>
    `generation ${image.generation}${outcome === "unchanged" ? ", as before" : dryRun ? ", nothing changed yet" : ""}`;

/** The result of `images use` and `images rollback`. */
export function sayUse({ output }: CommandContext, result: UseResult, dryRun: boolean): void {
  const { image, previous, outcome } = result;
  const from = previous === undefined ? "" : `, from generation ${previous.generation}`;
  const text =
    outcome === "unchanged"
      ? `${image.latestLink} leads to generation ${image.generation} already`
      : `${image.latestLink} ${dryRun ? "would lead" : "leads"} to generation ${image.generation}${from}`;
  output.data({ ...(dryRun && { dryRun }), ...result }, text);
}
