/** One thing that is not as it was. */
export interface Change {
  /** The cell of the matrix; "default" without one. */
  cell: string;
  kind:
    | "slower"
    | "faster"
    | "bigger"
    | "smaller"
    | "newly-failing"
    | "fixed"
    | "newly-flaky"
    | "steady"
    | "gone"
    | "new";
  /** The id of a check, "boot" or "image". */
  what: string;
  /** What it was and what it is, in words. */
  text: string;
}

/** How a report differs from an earlier one. */
export interface Comparison {
  schemaVersion: 1;
  /** worse: something got slower, bigger, newly failing or newly flaky. */
  verdict: "worse" | "not worse";
  changes: Change[];
  /** What could not be judged, and why. */
  notes: string[];
}

/** The kinds of change for the worse. */
export const regressions: ReadonlySet<Change["kind"]> = new Set([
  "slower",
  "bigger",
  "newly-failing",
  "newly-flaky",
]);
