import {
  attributeNamesArguments,
  configurationArguments,
  currentSystemArguments,
  evalStringArguments,
  metadataArguments,
} from "./argv.ts";
import { parseFlakeMetadata, type FlakeProvenance } from "./flake-metadata.ts";
import type { NixCommand, NixOutcome } from "./nix-command.ts";

/** How a short question to nix is asked. */
export interface NixQuery {
  nix: NixCommand;
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

/** All settings of nix as JSON; undefined when nix cannot say. */
export async function queryConfiguration(query: NixQuery): Promise<string | undefined> {
  return (
    (await ask(query, configurationArguments(["config", "show"]))) ??
    (await ask(query, configurationArguments(["show-config"])))
  );
}

/** What `nix --version` prints, and how it ended. */
export async function queryVersion({ nix, signal }: NixQuery): Promise<NixOutcome> {
  return nix(["--version"], { signal, timeoutMs: 30_000 });
}

async function ask({ nix, signal }: NixQuery, args: readonly string[]): Promise<string | undefined> {
  const outcome = await nix(args, { signal, timeoutMs: queryTimeoutMs });
  return outcome.reason === "exited" && outcome.exitCode === 0 ? outcome.stdout : undefined;
}
