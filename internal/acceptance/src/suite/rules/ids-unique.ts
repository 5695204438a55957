import { checkIdOf } from "../check-id.ts";
import type { Rule } from "./rule.ts";

/** Two checks of one id could not be told apart. */
export const idsUnique: Rule = ({ checks }) => {
  const seen = new Map<string, number>();
  return checks.flatMap((check, index) => {
    const id = checkIdOf(check);
    const first = seen.get(id);
    if (first === undefined) {
      seen.set(id, index);
      return [];
    }
    const path = ["checks", index, ...("id" in check && check.id !== undefined ? ["id"] : [])];
    return [
      { path, message: `${id} is the id of checks[${first}] already`, hint: "give one of them another `id`" },
    ];
  });
};
