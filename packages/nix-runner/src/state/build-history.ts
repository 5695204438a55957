import { mkdir, readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

import { readJsonFile, withLock, writeFileAtomic } from "@sysinit-internal/files";

import { derivationName, packageName, parseDerivationSystem } from "../nix/derivation.ts";
import type { FinishedBuild } from "../events/builds.ts";

const mostDurations = 10;
const mostEntries = 1000;
// A build's time is nothing to wait for.
const lockTimeoutMs = 1000;

const schema = z.object({
  schema: z.literal(1),
  /** The last used at the end. */
  builds: z.array(
    z.object({
      /** Without its version. */
      name: z.string(),
      system: z.string(),
      /** The last at the end. */
      durationsMs: z.array(z.number().nonnegative()),
    }),
  ),
});
type History = z.output<typeof schema>;

/**
 * How long derivations took on this machine, by name and system: a small file that may be lost at any time. Whatever is wrong
 * with it, there is only no estimate; a file of a newer version is left as it is.
 */
export class BuildHistory {
  readonly #file: string;
  readonly #usual = new Map<string, number | undefined>();
  #history: History = { schema: 1, builds: [] };

  constructor(stateDirectory: string) {
    this.#file = join(stateDirectory, "build-history.json");
  }

  /** Reads what is known. Until it is read, nothing is. */
  async load(): Promise<void> {
    try {
      this.#history = await readJsonFile(this.#file, schema);
      this.#usual.clear();
    } catch {
      // No estimate, then.
    }
  }

  /** The median of the last ten times in milliseconds; undefined when it was never built. */
  usualMs(drvPath: string): number | undefined {
    if (!this.#usual.has(drvPath)) this.#usual.set(drvPath, this.#lookUp(drvPath));
    return this.#usual.get(drvPath);
  }

  #lookUp(drvPath: string): number | undefined {
    const name = packageName(derivationName(drvPath));
    const known = this.#history.builds.filter((build) => build.name === name);
    if (known.length === 0) return undefined;
    const system = systemOf(drvPath);
    const durations = known.find((build) => build.system === system)?.durationsMs;
    return durations === undefined ? undefined : median(durations);
  }

  /** Adds builds that have succeeded. Never fails: what cannot be written is not remembered. */
  async add(builds: readonly FinishedBuild[]): Promise<void> {
    if (builds.length === 0) return;
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await withLock(`${this.#file}.lock`, { timeoutMs: lockTimeoutMs }, async () => {
        const present = await this.#present();
        if (present === undefined) return;
        await writeFileAtomic(this.#file, `${JSON.stringify(await withBuilds(present, builds))}\n`);
      });
    } catch {
      // No estimate next time, then.
    }
  }

  /** What the file holds now: another build may have added to it. A file that is broken is begun anew. */
  async #present(): Promise<History | undefined> {
    try {
      return await readJsonFile(this.#file, schema);
    } catch (error) {
      const isNewer = (error as { code?: unknown }).code === "SCHEMA_UNKNOWN";
      return isNewer ? undefined : { schema: 1, builds: [] };
    }
  }
}

async function withBuilds({ builds }: History, added: readonly FinishedBuild[]): Promise<History> {
  const entries = new Map(builds.map((build) => [`${build.name} ${build.system}`, build]));
  for (const { drvPath, name: fullName, tookMs } of added) {
    const text = await readFile(drvPath, "utf8").catch(() => undefined);
    const system = text === undefined ? undefined : parseDerivationSystem(text);
    // Built in a store elsewhere.
    if (system === undefined) continue;
    const name = packageName(fullName);
    const key = `${name} ${system}`;
    const durationsMs = [...(entries.get(key)?.durationsMs ?? []), Math.round(tookMs)].slice(-mostDurations);
    // The map's order is the order of use.
    entries.delete(key);
    entries.set(key, { name, system, durationsMs });
  }
  return { schema: 1, builds: [...entries.values()].slice(-mostEntries) };
}

function systemOf(drvPath: string): string | undefined {
  try {
    return parseDerivationSystem(readFileSync(drvPath, "utf8"));
  } catch {
    return undefined;
  }
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  return upper === undefined || sorted.length % 2 === 1
    ? upper
    : Math.round((sorted[middle - 1]! + upper) / 2);
}
