import { isIdentifier } from "./identifier.ts";
import type { Rule } from "./rule.ts";

export const diskName: Rule = {
  code: "DISK_NAME",
  severity: "error",
  *check({ additionalDisks }) {
    for (const [index, disk] of (additionalDisks ?? []).entries()) {
      const name = typeof disk === "string" ? disk : disk.name;
      if (name === "*" || isIdentifier(name)) continue;
      yield {
        path: typeof disk === "string" ? ["additionalDisks", index] : ["additionalDisks", index, "name"],
        message: `\`${name}\` must be letters and digits, with single . _ or - between, 76 at most`,
      };
    }
  },
};
