import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runProcess } from "@sysinit-internal/process";
import { withHome } from "./guest.ts";
import { median, rounded, roundsOf, secondsOf } from "./measure.ts";
import { dummyTemplate } from "../packages/lima-control/test/support/dummy-template.ts";

const instances = 200;
const built = join(import.meta.dirname, "../packages/lima-control/dist/index.js");

/**
 * list [ROUNDS]: a node process that lists 200 instances by the built package, against `limactl list --json` and an empty
 * node process one after the other. In turns, ROUNDS (default 10) times each; medians. Needs `pnpm build`.
 */
export async function list(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 10);
  return withHome(async ({ home, env, limactl }) => {
    await writeFile(join(home, "dummy.yaml"), dummyTemplate);
    await limactl("create", "--name", "i1", join(home, "dummy.yaml"));
    for (let number = 2; number <= instances; number++)
      await cp(join(home, "i1"), join(home, `i${number}`), { recursive: true });

    const program = join(home, "list.mjs");
    await writeFile(
      program,
      `import { createLima } from ${JSON.stringify(built)};
const records = await createLima().list();
if (records.length !== ${instances}) throw new Error(\`\${records.length} instances\`);`,
    );
    await writeFile(join(home, "empty.mjs"), "");
    const node = async (file: string) => {
      const { exitCode, stderr } = await runProcess({ file: process.execPath, args: [file], env });
      if (exitCode !== 0) throw new Error(`node ${file}: ${stderr}`);
    };

    const through: number[] = [];
    const bare: number[] = [];
    // The first of each fills caches and is not counted.
    for (let round = 0; round <= rounds; round++) {
      through.push(await secondsOf(() => node(program)));
      bare.push(
        await secondsOf(async () => {
          await limactl("list", "--json");
          await node(join(home, "empty.mjs"));
        }),
      );
    }
    return {
      bench: "list",
      ratio: Number((median(through.slice(1)) / median(bare.slice(1))).toFixed(3)),
      limit: 1.15,
      throughUsSeconds: rounded([median(through.slice(1))], 3)[0],
      limactlAndEmptyNodeSeconds: rounded([median(bare.slice(1))], 3)[0],
    };
  });
}
