import { extname } from "node:path";

import type { BuildOptions } from "./build-options.ts";
import { BuildSession } from "./build-session.ts";
import { buildInSession, type BuildOutcome } from "./build.ts";
import { NixRunnerError } from "./errors.ts";
import { findImage, type FoundImage } from "./find-image.ts";
import { readDerivationSystem } from "./nix/derivation.ts";
import type { FlakeProvenance } from "./nix/flake-metadata.ts";
import { parseInstallable } from "./nix/installable.ts";
import { queryFlake, queryString, type NixQuery } from "./nix/query.ts";
import { releaseRoot } from "./release-root.ts";

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
 * Builds an installable and finds the disk image in its output.
 * @throws NixRunnerError as `build` and `findImage` do; then no root is left
 */
export async function buildImage(options: BuildImageOptions): Promise<BuiltImage> {
  const session = new BuildSession(options);
  const { result, nix } = await buildInSession(options, session);
  const { drvPath, outputs, outcome, seconds, root } = result;
  try {
    session.enter("find-image");
    const { installable, env = process.env, cwd } = options;
    const query: NixQuery = { nix: nix.path, env, cwd, signal: session.signal };
    const outPath = outputs["out"] ?? Object.values(outputs)[0]!;
    const { file, format } = await findBuiltImage(options, outPath, query);
    if (contradicts(extname(file), format))
      session.warn(`${file} is a ${format} image, whatever its name says`);
    const { flakeReference } = parseInstallable(installable);
    const flake = flakeReference === undefined ? undefined : await queryFlake(query, flakeReference);
    const system = await readDerivationSystem(drvPath);
    if (session.signal.aborted) {
      throw new NixRunnerError({
        code: "ABORTED",
        message: `building ${installable} was aborted`,
        cause: session.signal.reason,
      });
    }
    session.enter("done");
    session.throwConsumerError();
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
    await releaseRoot(root).catch(() => {});
    session.throwConsumerError();
    throw error;
  }
}

/** nixpkgs says in `passthru.filePath` which file is the image. Evaluating costs seconds, so it is asked only in doubt. */
async function findBuiltImage(
  options: BuildImageOptions,
  outPath: string,
  query: NixQuery,
): Promise<FoundImage> {
  const { installable, filePath } = options;
  try {
    return await findImage({ outPath, filePath, installable });
  } catch (error) {
    const isInDoubt =
      NixRunnerError.is(error, "IMAGE_AMBIGUOUS") || NixRunnerError.is(error, "IMAGE_NOT_FOUND");
    const { flakeReference, attribute = "default" } = parseInstallable(installable);
    if (!isInDoubt || filePath !== undefined || flakeReference === undefined) throw error;
    const named = await queryString(query, `${flakeReference}#${attribute}.passthru.filePath`);
    if (named === undefined) throw error;
    return await findImage({ outPath, filePath: named, installable });
  }
}

function contradicts(extension: string, format: "qcow2" | "raw"): boolean {
  return format === "qcow2" ? extension === ".raw" : extension === ".qcow2";
}
