import type { Rule } from "./rule.ts";

/** A file that must not be there has no mode, owner or content. */
export const absentFile: Rule = ({ checks }) =>
  checks.flatMap((check, index) => {
    if (!("file" in check) || check.absent === undefined) return [];
    return (["mode", "owner", "content"] as const)
      .filter((key) => check[key] !== undefined)
      .map((key) => ({
        path: ["checks", index, key],
        at: "key" as const,
        message: `a file that is absent has no ${key}`,
        hint: "keep one of the two",
      }));
  });
