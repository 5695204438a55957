import { cellsOf } from "../cells.ts";
import { checkIdOf } from "../check-id.ts";
import type { Rule } from "./rule.ts";

/** Cells have ids of their own, there is one, and `--only` can tell them from checks. */
export const cellsDistinct: Rule = (suite) => {
  if (suite.matrix === undefined) return [];
  const ids = cellsOf(suite).map(({ id }) => id);
  if (ids.length === 0) return [{ path: ["matrix", "exclude"], message: "leaves no cell" }];
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    const hint = "values must differ; give images a `name` each";
    return [{ path: ["matrix"], at: "key", message: `two cells are called ${twice}`, hint }];
  }
  const shared = ids.find((id) => suite.checks.some((check) => checkIdOf(check) === id));
  return shared === undefined
    ? []
    : [
        {
          path: ["matrix"],
          at: "key",
          message: `${shared} is the id of a cell and of a check`,
          hint: "rename the check",
        },
      ];
};
