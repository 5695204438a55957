import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

import { NixRunnerError } from "../errors.ts";

/** The files of this machine that a flake is made of. */
export interface FlakeSource {
  /** What is copied: a git tree, or a directory. */
  directory: string;
  /** Whether only the files that git knows belong to it. */
  isGit: boolean;
  /** Where flake.nix is below it; "" for itself. */
  subdirectory: string;
}

/**
 * Which files a flake reference stands for, by nix's own rules: `path:` is the directory, whatever lies in it; a plain path is
 * looked for upwards and is a git tree where there is one. Undefined for a flake that is elsewhere, which needs no copy.
 * @throws NixRunnerError FLAKE_NOT_FOUND; BAD_INSTALLABLE for a certain revision of a local repository
 */
export function flakeSource(reference: string, cwd: string): FlakeSource | undefined {
  const [location, query = ""] = reference.split("?", 2) as [string, string?];
  const parameters = new URLSearchParams(query);
  const subdirectory = parameters.get("dir") ?? "";
  const scheme = /^(path:|git\+file:)(?:\/\/)?/.exec(location);
  const isPlain = /^[./]/.test(location);
  if (scheme === null && !isPlain) return undefined;
  const others = [...parameters.keys()].filter((name) => name !== "dir");
  if (others.length > 0) {
    throw new NixRunnerError({
      code: "BAD_INSTALLABLE",
      message: `${reference} cannot be built on another machine: ${others.join(", ")} of a local flake cannot be copied`,
      hint: "check it out, and name its directory",
      details: { reference },
    });
  }
  const path = scheme === null ? location : decodeURIComponent(location.slice(scheme[0].length));
  const directory = resolve(cwd, path);
  if (!isPlain) {
    requireFlake(join(directory, subdirectory));
    return { directory, isGit: scheme![1] === "git+file:", subdirectory };
  }
  const flake = subdirectory === "" ? nearest(directory, "flake.nix") : join(directory, subdirectory);
  requireFlake(flake ?? directory);
  const repository = nearest(flake!, ".git");
  return repository === undefined
    ? { directory: flake!, isGit: false, subdirectory: "" }
    : { directory: repository, isGit: true, subdirectory: relative(repository, flake!) };
}

function requireFlake(directory: string): void {
  if (existsSync(join(directory, "flake.nix"))) return;
  throw new NixRunnerError({
    code: "FLAKE_NOT_FOUND",
    message: `there is no flake at ${directory}: no flake.nix`,
    hint: "name the directory that holds flake.nix",
    details: { place: directory },
  });
}

/** The directory or the nearest above it that has an entry of that name. */
function nearest(directory: string, name: string): string | undefined {
  if (existsSync(join(directory, name))) return directory;
  const above = dirname(directory);
  return above === directory ? undefined : nearest(above, name);
}
