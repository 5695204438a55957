/** Where a build is. It never goes back: a download beside a build counts as building. */
export type BuildPhase = "evaluate" | "query" | "fetch" | "build" | "find-image" | "copy" | "done";

/** One derivation that is being built. */
export interface RunningDerivation {
  drvPath: string;
  /** As in "nixos-disk-image". */
  name: string;
  /** As the builder calls it: "unpackPhase". */
  phase?: string;
  /** The machine that builds it, as "ssh-ng://builder@linux-builder"; absent for this one. */
  machine?: string;
  /** Milliseconds since its start. */
  elapsedMs: number;
  /** Milliseconds that it usually takes here: the median of its last ten builds; absent when it was never built. */
  usualMs?: number;
}

/** One file on its way over the network: from a cache, from or to a machine that builds for this one. */
export interface RunningTransfer {
  /** What it is: the name of a store path, or of a file. */
  name: string;
  /** Where it comes from, or goes to. */
  url: string;
  direction: "in" | "out";
  doneBytes: number;
  /** Absent while it is not known. */
  totalBytes?: number;
  /** Milliseconds since its start. */
  elapsedMs: number;
}

/** Counters of a build. Totals grow and shrink while nix finds out what there is to do; what is done never exceeds them. */
export interface BuildProgress {
  downloadedBytes: number;
  /** Absent while nothing is known to download. */
  downloadTotalBytes?: number;
  /** Over the last five seconds; absent while nothing is downloaded, and in the first second. */
  downloadBytesPerSecond?: number;
  /** What is on its way now, at most 64. */
  transfers: RunningTransfer[];
  /** Derivations built. */
  built: number;
  buildsTotal: number;
  running: RunningDerivation[];
  /**
   * Milliseconds that are left, as far as they can be told: downloads at their present speed, then builds at their usual time.
   * Absent while one of them was never built here. 0 when a build takes longer than usual.
   */
  remainingMs?: number;
}

/**
 * What a build tells while it runs; `atMs` is the time since the verb began. Consumers may miss events.
 * "progress" comes at most ten times a second, and at least once a second while nix runs.
 */
export type BuildEvent =
  | { type: "phase"; atMs: number; phase: BuildPhase }
  | ({ type: "progress"; atMs: number } & BuildProgress)
  | { type: "build-started" | "build-finished"; atMs: number; drvPath: string; name: string }
  | { type: "log"; atMs: number; drvPath: string; name: string; line: string }
  | { type: "waiting" | "warning"; atMs: number; text: string };
