import { isScalar, type Document, type Node } from "yaml";
import { locate, nodeAt } from "../document/locate.ts";
import type { SourceMap } from "../document/source-map.ts";
import { toPlain } from "../document/to-plain.ts";
import type { FindingCode } from "../findings/codes.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { formatPath, isAtOrBelow, type Path } from "../findings/path.ts";
import { rules } from "../rules/index.ts";
import type { Rule, RuleContext } from "../rules/rule.ts";
import { checkShape } from "../shape/check-shape.ts";
import type { TemplateValue } from "../schema/template-schema.ts";

/** The verdict on one document. */
export interface Assessment {
  value: TemplateValue | undefined;
  findings: Finding[];
}

/** Checks shape and rules of a document; every fault is said, with its place. */
export function assess(
  document: Document,
  sources: SourceMap,
  context: RuleContext,
  scope: Rule["scope"],
): Assessment {
  const root = document.contents as Node | null;
  const findings: Finding[] = [];
  const report = (
    severity: Severity,
    code: FindingCode,
    fault: { path: Path; message: string; hint?: string; at?: "key" },
  ) => {
    const position = sources.positionOf(locate(root, fault.path, fault.at));
    const finding: Finding = {
      severity,
      code,
      path: formatPath(fault.path),
      message: fault.message,
      ...position,
    };
    findings.push(fault.hint === undefined ? finding : { ...finding, hint: fault.hint });
  };

  const { faults, value } = checkShape(toPlain(root), (path) => {
    const node = nodeAt(root, path);
    return isScalar(node) ? node.source : undefined;
  });
  for (const fault of faults) report(fault.severity, fault.code, fault);
  if (value === undefined) return { value, findings };

  // Rules do not speak of values that were taken out for their shape.
  const faulty = faults.filter((fault) => fault.severity === "error" && fault.code !== "UNKNOWN_KEY");
  for (const rule of rules) {
    if (rule.scope !== scope) continue;
    for (const hit of rule.check(value, context)) {
      if (faulty.some((fault) => isAtOrBelow(hit.path, fault.path))) continue;
      report(hit.severity ?? rule.severity, hit.code ?? rule.code, hit);
    }
  }
  return { value, findings };
}
