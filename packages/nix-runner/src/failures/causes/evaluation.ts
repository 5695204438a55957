import type { FailureCause } from "../failure.ts";
import { oneLine, suggestionsIn } from "../text.ts";

/** nix never got to building: the flake's own code failed, whatever it said. */
export const evaluation: FailureCause = (
  { raw, whole, position },
  { installable, evaluated, realising, originalOf },
) => {
  if (realising || (evaluated === undefined && position === undefined)) return undefined;
  const where = position === undefined ? undefined : originalPosition(position, originalOf);
  const suggestions = suggestionsIn(whole);
  return {
    code: "EVAL",
    message: `${installable} cannot be evaluated: ${oneLine(raw)}${where === undefined ? "" : ` (at ${where})`}`,
    hint:
      suggestions.length > 0
        ? `did you mean ${suggestions.join(" or ")}?`
        : `see the whole trace: nix eval --show-trace '${evaluated ?? installable}'`,
    details: { ...(where === undefined ? {} : { position: where }), suggestions },
  };
};

function originalPosition(position: string, originalOf: (file: string) => string | undefined): string {
  const [, file, rest] = /^(.*?)((?::\d+)*)$/.exec(position)!;
  return `${originalOf(file!) ?? file}${rest}`;
}
