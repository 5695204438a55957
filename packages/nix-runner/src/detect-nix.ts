import { NixRunnerError } from "./errors.ts";
import type { Environment } from "./nix/environment.ts";
import { locateNix } from "./nix/locate.ts";
import { localNix } from "./nix/nix-command.ts";
import { querySystem, queryVersion, type NixQuery } from "./nix/query.ts";
import {
  isAtLeast,
  oldestVersion,
  parseNixVersion,
  type NixFlavour,
  type NixVersion,
} from "./nix/version.ts";

export interface DetectNixOptions {
  /** Default: the environment of this process. */
  env?: Environment | undefined;
  /** Path or name of the program; default "nix". */
  nix?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** A nix that can be used. */
export interface NixInstallation {
  /** Absolute path of the program. */
  path: string;
  /** As in "2.26.3". */
  version: string;
  flavour: NixFlavour;
  /** What it builds for by itself, as "x86_64-linux"; absent when it does not say. */
  system?: string;
}

const installHint = "install nix: https://nixos.org/download";

/**
 * Finds nix on PATH, or else where its installers put it, and asks for its version.
 * @throws NixRunnerError NIX_NOT_FOUND, NIX_TOO_OLD (before 2.18), NIX_UNUSABLE, ABORTED
 */
export async function detectNix(options: DetectNixOptions = {}): Promise<NixInstallation> {
  const installation = await detectVersion(options);
  const { env = process.env, signal } = options;
  const system = await querySystem({ nix: localNix({ nix: installation.path, env }), signal });
  return system === undefined ? installation : { ...installation, system };
}

/** As `detectNix`, without the system. */
export async function detectVersion({
  env = process.env,
  nix,
  signal,
}: DetectNixOptions): Promise<NixInstallation> {
  const path = findNix(env, nix);
  return { path, ...(await askVersion({ nix: localNix({ nix: path, env }), signal }, path)) };
}

/** Where nix is, without running it. @throws NixRunnerError NIX_NOT_FOUND */
export function findNix(env: Environment, nix?: string): string {
  const location = locateNix(env, nix);
  if ("path" in location) return location.path;
  throw new NixRunnerError({
    code: "NIX_NOT_FOUND",
    message: `nix is not installed: there is no ${location.tried.join(", no ")}`,
    hint: installHint,
    details: { tried: location.tried },
  });
}

/** Asks a nix for its version, and refuses one that is too old. `where` is for messages. */
export async function askVersion(query: NixQuery, where: string): Promise<NixVersion> {
  const outcome = await queryVersion(query);
  if (outcome.reason === "aborted") {
    throw new NixRunnerError({
      code: "ABORTED",
      message: "looking for nix was aborted",
      cause: query.signal?.reason,
    });
  }
  const version = outcome.exitCode === 0 ? parseNixVersion(outcome.stdout) : undefined;
  if (version === undefined) {
    const said = (outcome.stderr || outcome.stdout).trim().split("\n")[0] ?? "";
    throw new NixRunnerError({
      code: "NIX_UNUSABLE",
      message: `${where} does not tell its version: ${said === "" ? (outcome.spawnErrorCode ?? outcome.reason) : said}`,
      hint: installHint,
      details: { ...outcome },
    });
  }
  if (!isAtLeast(version.version, oldestVersion)) {
    throw new NixRunnerError({
      code: "NIX_TOO_OLD",
      message: `nix ${version.version} at ${where} is too old: ${oldestVersion} or newer is needed`,
      hint: installHint,
      details: { path: where, ...version, oldestVersion },
    });
  }
  return version;
}
