/** Where a build is. It never goes back: a download beside a build counts as building. */
export type BuildPhase = "evaluate" | "query" | "fetch" | "build" | "find-image" | "done";

/** One derivation that is being built. */
export interface RunningDerivation {
  drvPath: string;
  /** As in "nixos-disk-image". */
  name: string;
  /** As the builder calls it: "unpackPhase". */
  phase?: string;
  /** Milliseconds since its start. */
  elapsedMs: number;
}

/** Counters of a build. Totals grow and shrink while nix finds out what there is to do; what is done never exceeds them. */
export interface BuildProgress {
  downloadedBytes: number;
  /** Absent while nothing is known to download. */
  downloadTotalBytes?: number;
  /** Derivations built. */
  built: number;
  buildsTotal: number;
  running: RunningDerivation[];
}

/**
 * What a build tells while it runs; `atMs` is the time since the verb began. Consumers may miss events.
 * "progress" comes at most ten times a second.
 */
export type BuildEvent =
  | { type: "phase"; atMs: number; phase: BuildPhase }
  | ({ type: "progress"; atMs: number } & BuildProgress)
  | { type: "build-started" | "build-finished"; atMs: number; drvPath: string; name: string }
  | { type: "log"; atMs: number; drvPath: string; name: string; line: string }
  | { type: "waiting" | "warning"; atMs: number; text: string };
