/** Where a setting came from. */
export type Origin =
  | { kind: "flag" | "environment"; name: string }
  | { kind: "project" | "user"; file: string; line: number; column: number };

/** `--cpus`, `LIMA_CLI_CPUS` or `FILE:LINE:COLUMN`. */
export function formatOrigin(origin: Origin): string {
  return "name" in origin ? origin.name : `${origin.file}:${origin.line}:${origin.column}`;
}
