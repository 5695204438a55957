import {
  imagesDirectory,
  planPrune,
  prune,
  showImage,
  type PruneItem,
  type PrunePlan,
  type PruneResult,
} from "@sysinit/image-store";
import {
  during,
  exitCodes,
  formatBytes,
  narrateStore,
  renderTable,
  terminalWidth,
} from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { mayRemove, type RemovalFlags } from "../confirm.ts";
import { countImages, imageTitle } from "../describe-image.ts";

export interface PruneFlags extends RemovalFlags {
  /** Generations of each name. */
  keep?: number;
  /** Milliseconds. */
  keepYounger?: number;
}

/** Plans, shows the plan, asks, and carries out just that plan. */
export async function imagesPrune(
  context: CommandContext,
  name: string | undefined,
  flags: PruneFlags,
): Promise<number> {
  const { output, signal, env } = context;
  const { dryRun = false } = flags;
  const directory = imagesDirectory(context);
  const plan = await planPrune({
    directory,
    name,
    keepNewest: flags.keep,
    keepYoungerThanMs: flags.keepYounger,
    env,
  });
  // A name that is not there is refused, with the names that are.
  if (name !== undefined && plan.items.length === 0) await showImage({ directory, name });
  const going = plan.items.filter(({ verdict }) => verdict === "remove");
  if (dryRun) {
    output.data({ dryRun, ...plan }, describePlan(plan, terminalWidth(output.stdout)));
    return exitCodes.ok;
  }
  if (going.length === 0) {
    const result: PruneResult = await prune({ plan, env, signal });
    output.data(result, "nothing to remove");
    return exitCodes.ok;
  }
  output.say(itemTable(going, terminalWidth(output.stderr)));
  const what = `${countImages(going.length)} (${formatBytes(plan.removableBytes)})`;
  if (!(await mayRemove(context, `remove ${what}`, flags))) return exitCodes.failed;
  const step = output.step(`remove ${what}`);
  const work = () => prune({ plan, env, signal, onEvent: narrateStore(step) });
  const result = await during(step, work, describeResult);
  output.data(result, linesOf(result).join("\n"));
  return result.failed.length === 0 ? exitCodes.ok : exitCodes.failed;
}

function describePlan({ items, removableBytes }: PrunePlan, width?: number): string {
  return items.length === 0
    ? "no images"
    : `${itemTable(items, width)}\nwould free ${formatBytes(removableBytes)}`;
}

function itemTable(items: readonly PruneItem[], width?: number): string {
  return renderTable<PruneItem>(
    [
      { title: "VERDICT", text: ({ verdict }) => verdict },
      { title: "NAME", text: ({ name }) => name },
      { title: "GENERATION", text: ({ generation }) => String(generation) },
      { title: "ON DISK", text: ({ allocatedBytes }) => formatBytes(allocatedBytes), align: "right" },
      { title: "INSTALLED", text: ({ installedAt }) => installedAt, spare: true },
      { title: "WHY", text: whyOf },
    ],
    items,
    width,
  );
}

function whyOf({ reasons, references }: PruneItem): string {
  const by = references.map((reference) => `${reference.by} (${reference.kind})`).join(", ");
  return reasons.map((reason) => (reason === "needed" ? `needed by ${by}` : reason)).join(", ");
}

function describeResult({ removed, failed, allocatedBytes }: PruneResult): string {
  const left = failed.length === 0 ? "" : `, ${failed.length} could not be removed`;
  return `${removed.length} removed, ${formatBytes(allocatedBytes)}${left}`;
}

function linesOf({ removed, failed }: PruneResult): string[] {
  return [
    ...removed.map(({ file }) => `removed ${file}`),
    ...failed.map(({ image, error }) => `kept ${imageTitle(image)}: ${error.message}`),
  ];
}
