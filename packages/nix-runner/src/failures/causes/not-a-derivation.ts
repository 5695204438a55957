import type { FailureCause } from "../failure.ts";
import { oneLine } from "../text.ts";

const patterns = [
  /has 0 entries in its context/,
  /flake output attribute '[^']+' is not a derivation/,
  /expected (?:flake output attribute )?'?[^']*'? to be a derivation/,
  /does not evaluate to a derivation|is not a derivation or path/,
];

/** The attribute holds something that cannot be built. */
export const notADerivation: FailureCause = ({ raw }, { installable }) => {
  if (patterns.some((pattern) => pattern.test(raw))) {
    return {
      code: "NOT_A_DERIVATION",
      message: `${installable} is not a derivation: ${oneLine(raw)}`,
      hint: "name an attribute that builds something",
    };
  }
  const outputs = /derivation '([^']+)' does not have (?:wanted outputs|output) (.+)/.exec(raw);
  if (outputs === null) return undefined;
  return {
    code: "NOT_A_DERIVATION",
    message: `${installable} has no output ${oneLine(outputs[2]!)}`,
    hint: "leave out what follows ^, or name an output that it has",
    details: { drvPath: outputs[1] },
  };
};
