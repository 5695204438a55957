import type { Complaint, FailureCause, FailureEvidence } from "../failure.ts";
import { oneLine, suggestionsIn } from "../text.ts";

/** nix never got to building: the flake's own code failed, whatever it said. */
export const evaluation: FailureCause = (
  complaint,
  { installable, evaluated, realising, talk, originalOf },
) => {
  const { raw, whole } = complaint;
  const isUsage = talk.some((text) => text.startsWith("Try 'nix")) || /configuration (?:line|file)/.test(raw);
  if (realising || isUsage) return undefined;
  const where = positionOf(complaint, originalOf);
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

/** nix gives no position for a `throw`; then the innermost place in the trace that is in the user's own files will do. */
function positionOf(
  { position, whole }: Complaint,
  originalOf: FailureEvidence["originalOf"],
): string | undefined {
  const inOriginal = (text: string): string => {
    const [, file, rest] = /^(.*?)((?::\d+)*)$/.exec(text)!;
    return `${originalOf(file!) ?? file}${rest}`;
  };
  if (position !== undefined) return inOriginal(position);
  const traced = [...whole.matchAll(/\bat (\/[^\n]*?:\d+:\d+)/g)].map((match) => inOriginal(match[1]!));
  return traced.findLast((text) => !text.startsWith("/nix/store/"));
}
