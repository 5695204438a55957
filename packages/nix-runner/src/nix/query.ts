import { runProcess } from "@sysinit-internal/process";

import {
  attributeNamesArguments,
  currentSystemArguments,
  evalStringArguments,
  metadataArguments,
} from "./argv.ts";
import { nixEnvironment, type Environment } from "./environment.ts";
import { parseFlakeMetadata, type FlakeProvenance } from "./flake-metadata.ts";
import { nixStopSteps } from "./stop-steps.ts";

/** How a short question to nix is asked. */
export interface NixQuery {
  nix: string;
  env: Environment;
  cwd?: string | undefined;
  signal?: AbortSignal | undefined;
}

// These only read; one that takes longer is not worth waiting for.
const queryTimeoutMs = 120_000;

/** Source of a flake; undefined when nix cannot say. */
export async function queryFlake(
  query: NixQuery,
  flakeReference: string,
): Promise<FlakeProvenance | undefined> {
  const stdout = await ask(query, metadataArguments(flakeReference));
  return stdout === undefined ? undefined : parseFlakeMetadata(stdout);
}

/** Value of an attribute that is a string; undefined when there is none. */
export async function queryString(query: NixQuery, installable: string): Promise<string | undefined> {
  const stdout = await ask(query, evalStringArguments(installable));
  return stdout === undefined || stdout === "" ? undefined : stdout;
}

/** Names in an attribute set; empty when there is none. */
export async function queryAttributeNames(query: NixQuery, installable: string): Promise<string[]> {
  const stdout = await ask(query, attributeNamesArguments(installable));
  try {
    const names: unknown = JSON.parse(stdout ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/** The system that nix builds for by itself, as "x86_64-linux"; undefined when nix does not say. */
export async function querySystem(query: NixQuery): Promise<string | undefined> {
  return /^[a-z0-9_]+-[a-z0-9]+$/.exec((await ask(query, currentSystemArguments()))?.trim() ?? "")?.[0];
}

/** What `nix --version` prints, and how it ended. */
export async function queryVersion(query: NixQuery) {
  return runProcess({
    file: query.nix,
    args: ["--version"],
    env: nixEnvironment(query.env),
    signal: query.signal,
    timeoutMs: 30_000,
    maxOutputBytes: 64 * 1024,
  });
}

async function ask(query: NixQuery, args: readonly string[]): Promise<string | undefined> {
  const outcome = await runProcess({
    file: query.nix,
    args,
    cwd: query.cwd,
    env: nixEnvironment(query.env),
    signal: query.signal,
    timeoutMs: queryTimeoutMs,
    stopSteps: nixStopSteps,
  });
  return outcome.reason === "exited" && outcome.exitCode === 0 ? outcome.stdout : undefined;
}
