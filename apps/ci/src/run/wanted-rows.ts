import { rows, type Row } from "@sysinit-internal/acceptance";
import { brandOf, CodedError } from "@sysinit-internal/errors";

import type { RunArguments } from "../program.ts";

class UnknownRowError extends CodedError<"UNKNOWN_ROW"> {
  override readonly name = "UnknownRowError";
}

/** Which rows a run judges: those about a checkout only where there is one. Throws UNKNOWN_ROW. */
export function wantedRows({
  only,
  project,
}: Pick<RunArguments, "only" | "project">): (row: Pick<Row, "id">) => boolean {
  const unknown = only?.filter((id) => !rows.some((row) => row.id === id)) ?? [];
  if (unknown.length > 0) {
    throw new UnknownRowError(brandOf("@sysinit/lima-ci"), {
      code: "UNKNOWN_ROW",
      message: `no acceptance row is called ${unknown.join(", ")}`,
      hint: `the rows are ${rows.map(({ id }) => id).join(", ")}`,
    });
  }
  const aboutProject = (id: string) => /^(files|flake|docs)\./.test(id);
  return ({ id }) => (only === undefined ? project !== undefined || !aboutProject(id) : only.includes(id));
}
