import { extname } from "node:path";

import type { BuildOptions } from "./build-options.ts";
import { buildInSession, inSession, throwIfAborted, type BuildOutcome } from "./build.ts";
import { findImageIn } from "./find-image.ts";
import { localFiles } from "./image/output-files.ts";
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
    const { result, nix } = await buildInSession(options, session, stateDirectory);
    const { drvPath, outputs, outcome, seconds, root } = result;
    try {
      session.enter("find-image");
      const query: NixQuery = { nix, signal: session.signal };
      const { flakeReference } = parseInstallable(installable);
      const outPath = outputs["out"] ?? Object.values(outputs)[0]!;
      const { file, format } = await findImageIn(localFiles, { outPath, filePath, installable }, () =>
        askFilePath(query, installable),
      );
      if (contradicts(extname(file), format))
        session.warn(`${file} is a ${format} image, whatever its name says`);
      const flake = flakeReference === undefined ? undefined : await queryFlake(query, flakeReference);
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

/** nixpkgs says in `passthru.filePath` which file is the image (system.build.images). */
export async function askFilePath(query: NixQuery, installable: string): Promise<string | undefined> {
  const { flakeReference, attribute = "default" } = parseInstallable(installable);
  if (flakeReference === undefined) return undefined;
  return queryString(query, `${flakeReference}#${attribute}.passthru.filePath`);
}

export function contradicts(extension: string, format: "qcow2" | "raw"): boolean {
  return format === "qcow2" ? extension === ".raw" : extension === ".qcow2";
}
