import { parseDocument } from "yaml";
import { formatPath } from "../findings/path.ts";
import { checkShape } from "../shape/check-shape.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** What a rule says of a text, as `severity path`; the text must have the right shape. Only for tests. */
export function said(rule: Rule, yaml: string, context: Partial<RuleContext> = {}): string[] {
  const { faults, value } = checkShape(parseDocument(yaml).toJS());
  if (value === undefined || faults.length > 0) throw new Error(`not a template: ${JSON.stringify(faults)}`);
  return [...rule.check(value, { partial: false, ...context })].map(
    (hit) => `${hit.severity ?? rule.severity} ${formatPath(hit.path)}`,
  );
}
