import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { median, millisecondsOf, roundsOf } from "./measure.ts";

const app = join(import.meta.dirname, "../apps/cli/dist/start.cjs");

/**
 * cli-start [ROUNDS]: `lima-cli --version` and the answer to a shell that completes the name of an instance, as they are published,
 * against `node -e 0`. In turns, ROUNDS (default 30) times each; medians. Needs `pnpm build`.
 */
export async function cliStart(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 30);
  if (!existsSync(app)) throw new Error(`there is no ${app}: run pnpm build`);
  const home = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const runs = {
      empty: ["-e", "0"],
      version: [app, "--version"],
      completion: [app, "__complete", "--", "shell", ""],
    };
    const ms: Record<keyof typeof runs, number[]> = { empty: [], version: [], completion: [] };
    // The first of each fills caches and is not counted.
    for (let round = 0; round <= rounds; round++) {
      for (const name of Object.keys(runs) as (keyof typeof runs)[]) {
        ms[name].push(
          await millisecondsOf(process.execPath, runs[name], { ...process.env, LIMA_HOME: home }),
        );
      }
    }
    const [empty, version, completion] = [ms.empty, ms.version, ms.completion].map((all) =>
      median(all.slice(1)),
    );
    const ratio = (one: number | undefined) => Number((one! / empty!).toFixed(3));
    return {
      bench: "cli-start",
      ratio: Math.max(ratio(version), ratio(completion)),
      limit: 1.25,
      versionRatio: ratio(version),
      completionRatio: ratio(completion),
      emptyMs: Number(empty!.toFixed(1)),
    };
  } finally {
    rmSync(home, { recursive: true });
  }
}
