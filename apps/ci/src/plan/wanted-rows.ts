import { rows, type Row } from "@sysinit-internal/acceptance";

import type { RunArguments } from "../run-arguments.ts";
import { unknownIds } from "./unknown-ids.ts";

/** Which of the project's rows a run judges: those about a checkout only where there is one. Throws UNKNOWN_ROW. */
export function wantedRows({
  only,
  project,
}: Pick<RunArguments, "only" | "project">): (row: Pick<Row, "id">) => boolean {
  const ids = rows.map(({ id }) => id);
  const unknown = only?.filter((id) => !ids.includes(id)) ?? [];
  if (unknown.length > 0) throw unknownIds(unknown, ids);
  const aboutProject = (id: string) => /^(files|flake|docs)\./.test(id);
  return ({ id }) => (only === undefined ? project !== undefined || !aboutProject(id) : only.includes(id));
}
