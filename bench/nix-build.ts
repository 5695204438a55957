import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { median, millisecondsOf, roundsOf } from "./measure.ts";

const root = join(import.meta.dirname, "..");
const library = join(root, "packages/nix-runner/dist/index.js");
const flakeReference = join(root, "nix/reference-guest");

/**
 * nix-build [ROUNDS]: a build with nothing to do, by a program that calls `build` as it is published, against `nix build` of the
 * same and an empty node process one after the other. The reference guest, in a git tree. In turns, ROUNDS (default 30) times
 * each; medians. Needs `pnpm build`, nix, and the reference guest built once.
 */
export async function nixBuild(args: readonly string[]): Promise<object> {
  const rounds = roundsOf(args, 30);
  if (!existsSync(library)) throw new Error(`there is no ${library}: run pnpm build`);

  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const installable = `${flakeReference}#image`;
  try {
    const empty = join(folder, "empty.mjs");
    await writeFile(empty, "");
    const programOf = async (verb: "build" | "buildImage") => {
      const file = join(folder, `${verb}.mjs`);
      const options = JSON.stringify({ installable, stateDirectory: join(folder, "state") });
      await writeFile(
        file,
        `import { ${verb}, releaseRoot } from ${JSON.stringify(library)};
        const { root, outcome } = await ${verb}(${options});
        await releaseRoot(root);
        if (outcome !== "present") throw new Error(outcome);`,
      );
      return file;
    };
    const build = await programOf("build");
    const buildImage = await programOf("buildImage");
    const features = ["--extra-experimental-features", "nix-command flakes"];
    const bare = ["build", "--json", "--out-link", join(folder, "out"), `${installable}^out`];
    const runs = {
      nix: () => millisecondsOf("nix", [...features, ...bare]),
      node: () => millisecondsOf(process.execPath, [empty]),
      build: () => millisecondsOf(process.execPath, [build]),
      buildImage: () => millisecondsOf(process.execPath, [buildImage]),
    };
    // Once for what has to be built, and for the caches.
    await runs.nix();
    const taken: Record<keyof typeof runs, number[]> = { nix: [], node: [], build: [], buildImage: [] };
    for (let round = 0; round < rounds; round++) {
      for (const name of ["nix", "node", "build", "buildImage"] as const)
        taken[name].push(await runs[name]());
    }
    const [nixMs, nodeMs, buildMs, buildImageMs] = [taken.nix, taken.node, taken.build, taken.buildImage].map(
      median,
    ) as [number, number, number, number];
    const rounded = (value: number) => Number(value.toFixed(1));
    return {
      bench: "nix-build",
      ratio: Number((buildMs / (nixMs + nodeMs)).toFixed(3)),
      limit: 1.3,
      nixMs: rounded(nixMs),
      nodeMs: rounded(nodeMs),
      buildMs: rounded(buildMs),
      buildImageMs: rounded(buildImageMs),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
