import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { test } from "vitest";

import { seed } from "../fuzz/seed.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { operationsOf } from "./operations.ts";
import { World } from "./world.ts";

/** How many operations; STORE_OPERATIONS=10000 for a long run, FUZZ_SEED=N for others. */
const total = Number(process.env["STORE_OPERATIONS"] ?? 600);
const perStore = Math.min(total, 200);

test(
  `${total} random operations, with kills in between, lose nothing and do what is said of them`,
  { timeout: 7_200_000 },
  async () => {
    const parent = dirname(join(temporaryDirectory(), "x"));
    await fc.assert(
      fc.asyncProperty(operationsOf(perStore), async (operations) => {
        const home = mkdtempSync(join(parent, "home-"));
        mkdirSync(join(home, "_images"), { mode: 0o700 });
        const world = new World(home);
        for (const [index, operation] of operations.entries()) {
          try {
            await world.do(operation);
            await world.check();
            if (index % 50 === 49) await world.checkContents();
          } catch (error) {
            throw new Error(`operation ${index}, ${JSON.stringify(operation)}: ${(error as Error).message}`, {
              cause: error,
            });
          }
        }
        await world.checkContents();
        rmSync(home, { recursive: true });
      }),
      // Making the list of operations shorter would take as long again for each try.
      { seed, numRuns: Math.ceil(total / perStore), endOnFailure: true },
    );
  },
);
