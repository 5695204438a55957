import { homedir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";

import { findExecutable } from "@sysinit-internal/process";

import type { Environment } from "./environment.ts";

/** Where nix was found, or everywhere it was looked for. */
export type NixLocation = { path: string } | { tried: readonly string[] };

/** Finds nix: the given path or name; PATH, then where installers put it (a program started from a desktop has no nix on PATH). */
export function locateNix(env: Environment, nix = "nix"): NixLocation {
  if (nix.includes("/")) {
    const path = resolve(nix);
    return findExecutable(path) === undefined ? { tried: [path] } : { path };
  }
  const extraDirectories = installerDirectories(env);
  const path = findExecutable(nix, { env, extraDirectories });
  if (path !== undefined) return { path };
  const onPath = (env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  return { tried: [...onPath, ...extraDirectories].map((directory) => join(directory, nix)) };
}

function installerDirectories(env: Environment): string[] {
  const home = env["HOME"] || homedir();
  return [
    "/nix/var/nix/profiles/default/bin",
    "/run/current-system/sw/bin",
    join(home, ".nix-profile/bin"),
    join(env["XDG_STATE_HOME"] || join(home, ".local/state"), "nix/profile/bin"),
  ];
}
