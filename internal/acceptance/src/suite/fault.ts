/** Keys and indices that lead to a value. */
export type Path = readonly PropertyKey[];

/** Something wrong at a path of the suite's value, before its place in the text is known. */
export interface Fault {
  path: Path;
  message: string;
  hint?: string;
  /** Point at the key rather than at the value. */
  at?: "key";
}

/** A path for people: "checks[2].command". */
export function pathText(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}
