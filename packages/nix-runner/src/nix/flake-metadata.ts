import { z } from "zod";

/** Which source a flake was built from. */
export interface FlakeProvenance {
  /** Locked reference, with revision and hash where nix gives them. */
  url: string;
  /** Commit of a clean tree. */
  revision?: string;
  /** Commit of a tree with changes, as `…-dirty`. */
  dirtyRevision?: string;
  /** Hash of the source tree as nix computes it. */
  narHash?: string;
}

const schema = z.looseObject({
  url: z.string().optional(),
  resolvedUrl: z.string().optional(),
  revision: z.string().optional(),
  dirtyRevision: z.string().optional(),
  locked: z.looseObject({ narHash: z.string().optional() }).optional(),
});

/** Reads the stdout of `nix flake metadata --json`; undefined when it is something else. */
export function parseFlakeMetadata(stdout: string): FlakeProvenance | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const { url, resolvedUrl, revision, dirtyRevision, locked } = parsed.data;
  const known = url ?? resolvedUrl;
  if (known === undefined) return undefined;
  return {
    url: known,
    ...(revision === undefined ? {} : { revision }),
    ...(dirtyRevision === undefined ? {} : { dirtyRevision }),
    ...(locked?.narHash === undefined ? {} : { narHash: locked.narHash }),
  };
}
