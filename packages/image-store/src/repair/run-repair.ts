import { realpath } from "node:fs/promises";

import { createEmitter } from "../events/emitter.ts";
import { readStore } from "../store/read-store.ts";
import { withStoreLock, type LockedStore, type StoreOptions } from "../store/with-store-lock.ts";
import { listLeftovers, workAreaOf } from "../store/work-area.ts";
import type { Finding, RuleContext } from "./rule.ts";
import { rules } from "./rules/index.ts";

export interface RepairOptions extends StoreOptions {
  /** Tell what would be done, and change nothing; by default false. */
  dryRun?: boolean | undefined;
}

/** Something that was not as it should be. */
export interface RepairFinding {
  /** As "latest-link" or "leftover"; see the README. */
  kind: string;
  path: string;
  /** One sentence. */
  problem: string;
  /** What was done about it, or (with `dryRun`, or `repaired: false`) what would have to be. */
  remedy: string;
  /** Whether it was put right; with `dryRun` whether it would be. */
  repaired: boolean;
}

/** What was found, and what of it was put right. */
export interface RepairResult {
  findings: RepairFinding[];
}

/** `repairStore`. */
export async function runRepair(options: RepairOptions): Promise<RepairResult> {
  const { directory, dryRun = false } = options;
  const emit = createEmitter(options.onEvent);
  const real = await realpath(directory).catch(() => undefined);
  if (real === undefined) return { findings: [] };
  const store = { directory: real, area: workAreaOf(real) };
  // Whoever takes the lock ends what was interrupted: these are repaired then.
  const leftovers = (await listLeftovers(store.area)).map(describeLeftover);
  const context = async (of: LockedStore): Promise<RuleContext> => ({
    store: of,
    content: await readStore(of.directory),
    signal: options.signal,
    emit,
  });
  if (dryRun) return { findings: [...leftovers, ...(await applyRules(() => context(store), false))] };
  const found = await withStoreLock(options, emit, (locked) => applyRules(() => context(locked), true));
  return { findings: [...leftovers, ...found] };
}

async function applyRules(context: () => Promise<RuleContext>, repairing: boolean): Promise<RepairFinding[]> {
  const told: RepairFinding[] = [];
  for (const { kind, find } of rules) {
    // Read anew for each rule: what the one before repaired is then seen.
    for (const finding of await find(await context())) {
      if (repairing) await finding.repair?.();
      told.push({ kind, ...withoutRepair(finding), repaired: finding.repair !== undefined });
    }
  }
  return told;
}

function withoutRepair({ path, problem, remedy }: Finding): Omit<Finding, "repair"> {
  return { path, problem, remedy };
}

function describeLeftover(path: string): RepairFinding {
  return {
    kind: "leftover",
    path,
    problem: "a process that was killed left it",
    remedy: "end what it had begun",
    repaired: true,
  };
}
