import { realpath } from "node:fs/promises";

import { limaHomesOf, type LimaHomesOptions } from "../references/lima-homes.ts";
import { referencesOf } from "../references/of-entries.ts";
import { readStore, type StoreEntry } from "../store/read-store.ts";
import { checkCriteria, type CheckedCriteria, type PruneCriteria } from "./criteria.ts";
import { decide, type PruneItem } from "./decide.ts";

/** What pruning would do: plain data, to be shown, kept as JSON, and given to `prune`. */
export interface PrunePlan {
  directory: string;
  criteria: CheckedCriteria;
  /** The homes of Lima whose instances were looked at. */
  limaHomes: string[];
  /** ISO 8601, UTC. Ages count back from here, also when the plan is carried out. */
  madeAt: string;
  /** Every image, by name and newest generation first. Images whose manifest cannot be read are never pruned, and not here. */
  items: PruneItem[];
  /** What the images to be removed take on the disk. */
  removableBytes: number;
}

export interface PlanOptions extends PruneCriteria, LimaHomesOptions {
  /** What ages are counted from; by default now. */
  now?: Date | undefined;
}

/** A plan, and the entries that its items stand for. */
export interface EntriesPlan {
  plan: PrunePlan;
  entries: StoreEntry[];
}

/** Makes a plan from what is there. */
export async function makePlan(options: PlanOptions): Promise<EntriesPlan> {
  const criteria = checkCriteria(options);
  const { now = new Date() } = options;
  const directory = await realpath(options.directory).catch(() => options.directory);
  const limaHomes = await limaHomesOf(options);
  const content = await readStore(directory, criteria.name);
  const entries = content.entries.filter((entry) => entry.found !== undefined);
  const references = await referencesOf(entries, { ...options, directory, limaHomes });
  const byImage = new Map(entries.map((entry) => [entry.image, entry]));
  const images = entries.map((entry) => entry.image);
  const names = [...new Set(images.map((image) => image.name))];
  const items = names.flatMap((name) =>
    decide(
      images.filter((image) => image.name === name),
      (image) => references(byImage.get(image)!),
      criteria,
      now.getTime(),
    ),
  );
  const removableBytes = items
    .filter((item) => item.verdict === "remove")
    .reduce((sum, item) => sum + item.allocatedBytes, 0);
  const madeAt = now.toISOString();
  return { plan: { directory, criteria, limaHomes, madeAt, items, removableBytes }, entries };
}
