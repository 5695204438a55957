import { basename } from "node:path";
import { isIdentifier } from "../rules/identifier.ts";

/** limactl makes an instance name of the name of every file that it reads, even of a base or a script (pkg/limatmpl/locator.go). */
export function isAcceptedName(path: string): boolean {
  return isIdentifier(
    basename(path)
      .toLowerCase()
      .replace(/\.yml$/, "")
      .replace(/\.yaml$/, ""),
  );
}

/** What to do about a name that is not accepted. */
export const nameHint = "name it with letters and digits, with single . _ or - between";
