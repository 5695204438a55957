import { LimaCiError } from "../lima-ci-error.ts";

/** The error for ids of `--only` that nothing is called by. */
export function unknownIds(unknown: readonly string[], known: readonly string[]): LimaCiError {
  return new LimaCiError({
    code: "UNKNOWN_ROW",
    message: `no acceptance row, check or cell is called ${unknown.join(", ")}`,
    hint: `there are ${known.join(", ")}`,
    details: { unknown, known },
  });
}
