import { join } from "node:path";

import { makeCurrent } from "../../current/make-current.ts";
import { ImageStoreError } from "../../errors/image-store-error.ts";
import { latestLinkName } from "../../names/file-names.ts";
import { readLatestLinks } from "../../store/latest-link.ts";
import type { StoreEntry } from "../../store/read-store.ts";
import { findLinkProblems } from "../../verify/link-problems.ts";
import { verifyEntry } from "../../verify/verify-entry.ts";
import type { Finding, Rule, RuleContext } from "../rule.ts";

/**
 * The latest link is missing, leads nowhere or away, or is absolute. It is led to the image that it means, when that is
 * one, else to the newest generation that is whole. One that leads to an image that was damaged is left: which one to use
 * instead is for a person to say.
 */
export const latestLink: Rule = {
  kind: "latest-link",
  async find(context) {
    const findings: Finding[] = [];
    for (const [name, problems] of await findLinkProblems(context.store.directory, context.content)) {
      const entries = context.content.entries.filter(
        (entry) => entry.manifest.name === name && entry.found !== undefined,
      );
      if (entries.length > 0) findings.push(await findingFor(name, problems.join("; "), entries, context));
    }
    return findings;
  },
};

async function findingFor(
  name: string,
  problem: string,
  entries: readonly StoreEntry[],
  context: RuleContext,
): Promise<Finding> {
  const { store } = context;
  const path = join(store.directory, latestLinkName(name, entries[0]!.manifest.format));
  const blocked = await notALink(store.directory, name);
  if (blocked !== undefined) return { path, problem, remedy: blocked };
  const wanted = entries.find((entry) => entry.image.latest) ?? (await newestWhole(entries, context));
  if (wanted === undefined)
    return { path, problem, remedy: "install the image again: no generation of it is whole" };
  return {
    path,
    problem,
    remedy: `lead it to generation ${wanted.manifest.generation}`,
    repair: () => makeCurrent(store, wanted),
  };
}

/** What to do about something of the user's in place of the link; undefined when there is nothing. */
async function notALink(directory: string, name: string): Promise<string | undefined> {
  try {
    await readLatestLinks(directory, name);
    return undefined;
  } catch (error) {
    if (ImageStoreError.is(error, "LATEST_NOT_A_LINK")) return error.hint;
    throw error;
  }
}

async function newestWhole(
  entries: readonly StoreEntry[],
  { signal, emit }: RuleContext,
): Promise<StoreEntry | undefined> {
  for (const entry of entries) {
    if ((await verifyEntry(entry, signal, emit)).ok) return entry;
  }
  return undefined;
}
