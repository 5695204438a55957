import type { FailureCause } from "../failure.ts";
import { suggestionsIn } from "../text.ts";

/** The flake is there, the attribute is not. */
export const attributeNotFound: FailureCause = ({ raw, whole }, { installable }) => {
  const match = /^flake '([^']+)' does not provide attribute (.+)$/s.exec(raw);
  if (match === null) return undefined;
  const suggestions = suggestionsIn(whole);
  const attributes = [...match[2]!.matchAll(/'([^']+)'/g)].map(([, attribute]) => attribute!);
  return {
    code: "ATTR_NOT_FOUND",
    message: `${installable} is not there: the flake ${match[1]} has no ${attributes.join(", no ")}`,
    ...(suggestions.length === 0 ? {} : { hint: `did you mean ${suggestions.join(" or ")}?` }),
    details: { flake: match[1], attributes, suggestions },
  };
};
