import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { median, millisecondsOf, roundsOf } from "./measure.ts";

const root = join(import.meta.dirname, "..");
const app = join(root, "apps/cli/dist/start.cjs");
const template = join(root, "lima/templates/minimal.yaml");

/**
 * template-validate [ROUNDS]: `lima-cli template validate FILE`, as it is published, against an empty node process. In
 * turns, ROUNDS (default 30) times each; medians. A first run, which is not counted, leaves the code that Node has compiled for
 * the others. Fails when limactl was asked for anything. Needs `pnpm build`.
 */
export async function templateValidate(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 30);
  if (!existsSync(app)) throw new Error(`there is no ${app}: run pnpm build`);

  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const empty = join(folder, "empty.mjs");
    writeFileSync(empty, "");
    const asked = join(folder, "asked");
    const limactl = join(folder, "limactl");
    writeFileSync(limactl, `#!/bin/sh\n: >${asked}\n`);
    chmodSync(limactl, 0o755);
    const env = {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      XDG_CACHE_HOME: folder,
    };

    const emptyMs: number[] = [];
    const validateMs: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      emptyMs.push(await millisecondsOf(process.execPath, [empty], env));
      validateMs.push(await millisecondsOf(process.execPath, [app, "template", "validate", template], env));
    }
    if (existsSync(asked)) throw new Error("limactl was asked, for a template without any of Lima's");
    const [emptyMedian, validateMedian] = [median(emptyMs.slice(1)), median(validateMs.slice(1))];
    return {
      bench: "template-validate",
      ratio: Number((validateMedian / emptyMedian).toFixed(3)),
      limit: 1.5,
      emptyMs: Number(emptyMedian.toFixed(1)),
      validateMs: Number(validateMedian.toFixed(1)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
