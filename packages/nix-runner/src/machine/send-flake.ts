import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Environment } from "../nix/environment.ts";
import type { FlakeProvenance } from "../nix/flake-metadata.ts";
import type { BuildMachine } from "./build-machine.ts";
import type { FlakeSource } from "./flake-source.ts";
import { copyTrackedFiles, gitRevision } from "./git-tree.ts";

/** A flake of this machine on a build machine. */
export interface SentFlake {
  /** Its reference there. */
  reference: string;
  /** Where it comes from; nix's hash of it is known only there. */
  provenance: FlakeProvenance;
  /** Turns what nix says there of its copy into words about the files here. */
  translate: (text: string) => string;
}

/** Copies a flake to a build machine: of a git tree what git knows, else the whole directory. */
export async function sendFlake(
  source: FlakeSource,
  machine: BuildMachine,
  target: string,
  { env, signal }: { env: Environment; signal: AbortSignal },
): Promise<SentFlake> {
  const { directory, isGit, subdirectory } = source;
  const query = subdirectory === "" ? "" : `?dir=${encodeURIComponent(subdirectory)}`;
  const reference = (scheme: string, path: string) => `${scheme}${encodeURI(path)}${query}`;
  const url = reference(isGit ? "git+file://" : "path:", directory);
  const sent = (provenance: FlakeProvenance): SentFlake => ({
    reference: reference("path:", target),
    provenance,
    translate: (text) =>
      text
        .replaceAll(`path:${target}`, inJson(isGit ? `git+file://${directory}` : `path:${directory}`))
        .replaceAll(target, inJson(directory)),
  });
  if (!isGit) {
    await machine.copyIn(directory, target, { signal });
    return sent({ url });
  }
  const tree = { directory, env, signal };
  const staging = await mkdtemp(join(tmpdir(), "sysinit-flake-"));
  try {
    const found = await gitRevision(tree);
    await copyTrackedFiles(tree, staging);
    await machine.copyIn(staging, target, { signal });
    if (found === undefined) return sent({ url });
    const { revision, isDirty } = found;
    return sent({ url, ...(isDirty ? { dirtyRevision: `${revision}-dirty` } : { revision }) });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
