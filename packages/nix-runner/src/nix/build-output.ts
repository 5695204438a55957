/** What `nix build --json` says of the one thing that was asked for. */
export interface BuildOutput {
  drvPath: string;
  /** Store path by output name. */
  outputs: Record<string, string>;
}

/**
 * Reads the stdout of `nix build --json`; undefined when it is something else. By hand, and not with zod: loading that takes as
 * long as a build with nothing to do.
 */
export function parseBuildOutput(stdout: string): BuildOutput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== 1) return undefined;
  const { drvPath, outputs } = (value[0] ?? {}) as { drvPath?: unknown; outputs?: unknown };
  if (!isPath(drvPath) || typeof outputs !== "object" || outputs === null) return undefined;
  const paths = Object.entries(outputs);
  if (paths.length === 0 || !paths.every((entry): entry is [string, string] => isPath(entry[1])))
    return undefined;
  return { drvPath, outputs: Object.fromEntries(paths) };
}

function isPath(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("/");
}
