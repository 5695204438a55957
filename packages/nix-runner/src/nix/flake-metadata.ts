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

/** Reads the stdout of `nix flake metadata --json`; undefined when it is something else. By hand for the same reason as the build's. */
export function parseFlakeMetadata(stdout: string): FlakeProvenance | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  const url = textIn(value, "url") ?? textIn(value, "resolvedUrl");
  if (url === undefined) return undefined;
  const revision = textIn(value, "revision");
  const dirtyRevision = textIn(value, "dirtyRevision");
  const narHash = textIn((value as { locked?: unknown }).locked, "narHash");
  return {
    url,
    ...(revision === undefined ? {} : { revision }),
    ...(dirtyRevision === undefined ? {} : { dirtyRevision }),
    ...(narHash === undefined ? {} : { narHash }),
  };
}

function textIn(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[key];
  return typeof found === "string" ? found : undefined;
}
