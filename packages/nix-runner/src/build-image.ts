import { extname } from "node:path";

import type { BuildOptions } from "./build-options.ts";
import type { BuildSession } from "./build-session.ts";
import { buildInSession, inSession, localNixOf, throwIfAborted, type BuildOutcome } from "./build.ts";
import { findImageIn } from "./find-image.ts";
import { localFiles } from "./image/output-files.ts";
import { isGitTree } from "./nix/copied-directory.ts";
import { readDerivationSystem } from "./nix/derivation.ts";
import type { FlakeProvenance } from "./nix/flake-metadata.ts";
import { parseInstallable } from "./nix/installable.ts";
import { queryFlake, queryString, type NixQuery } from "./nix/query.ts";
import { disownRoot, removeRoot } from "./state/roots.ts";

export interface BuildImageOptions extends BuildOptions {
  /** The image in the output, absolute or relative to it; by default it is looked for. */
  filePath?: string | undefined;
}

/** A disk image that nix has in its store. */
export interface BuiltImage {
  installable: string;
  /** Store path of the output that holds the image. */
  outPath: string;
  /** The image: absolute path with links resolved. */
  file: string;
  /** By content, whatever the name says. */
  format: "qcow2" | "raw";
  drvPath: string;
  /** What it was built on, as "x86_64-linux"; absent when the store does not say. */
  system?: string;
  /** Which source it was built from; absent for a derivation in the store, or when nix does not say. */
  flake?: FlakeProvenance;
  outcome: BuildOutcome;
  /** Seconds that nix took. */
  seconds: number;
  /** Keeps the image from nix's garbage collector until it is given to `releaseRoot`. */
  root: string;
}

/**
 * Builds an installable and finds the disk image in its output: the file that is named, else what the derivation says in
 * `passthru.filePath`, else as `findImage` does.
 * @throws NixRunnerError as `build` and `findImage` do; then no root is left
 */
export async function buildImage(options: BuildImageOptions): Promise<BuiltImage> {
  const { installable, filePath, keepRoot } = options;
  return inSession(options, async (session, stateDirectory) => {
    const nix = localNixOf(options);
    const query: NixQuery = { nix: nix.command, signal: session.signal };
    const provenance = askProvenance(options, session, query);
    const result = await buildInSession(options, session, stateDirectory, nix);
    const { drvPath, outputs, outcome, seconds, root } = result;
    try {
      session.enter("find-image");
      const outPath = outputs["out"] ?? Object.values(outputs)[0]!;
      const { file, format } = await findImageIn(localFiles, { outPath, filePath, installable }, () =>
        askFilePath(query, installable),
      );
      if (contradicts(extname(file), format))
        session.warn(`${file} is a ${format} image, whatever its name says`);
      const flake = await provenance;
      const system = await readDerivationSystem(drvPath);
      throwIfAborted(session, installable);
      if (keepRoot === true) await disownRoot(root);
      return {
        installable,
        outPath,
        file,
        format,
        drvPath,
        ...(system === undefined ? {} : { system }),
        ...(flake === undefined ? {} : { flake }),
        outcome,
        seconds,
        root,
      };
    } catch (error) {
      await removeRoot(root).catch(() => {});
      throw error;
    }
  });
}

/**
 * Which source is built. Asked while nix builds, and not afterwards: by then the user may have changed it. A tree in git is asked for at
 * once; of any other nix makes a copy first, which it need not make twice.
 */
async function askProvenance(
  { installable, cwd = process.cwd() }: BuildImageOptions,
  session: BuildSession,
  query: NixQuery,
): Promise<FlakeProvenance | undefined> {
  const { flakeReference } = parseInstallable(installable);
  if (flakeReference === undefined) return undefined;
  if (!isGitTree(flakeReference, cwd)) await session.evaluated;
  return session.signal.aborted ? undefined : queryFlake(query, flakeReference);
}

/** nixpkgs says in `passthru.filePath` which file is the image (system.build.images). */
export async function askFilePath(query: NixQuery, installable: string): Promise<string | undefined> {
  const { flakeReference, attribute = "default" } = parseInstallable(installable);
  if (flakeReference === undefined) return undefined;
  return queryString(query, `${flakeReference}#${attribute}.passthru.filePath`);
}

export function contradicts(extension: string, format: "qcow2" | "raw"): boolean {
  return format === "qcow2" ? extension === ".raw" : extension === ".qcow2";
}
