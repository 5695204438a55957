import type { FindingCode } from "../findings/codes.ts";
import type { Severity } from "../findings/finding.ts";
import type { Path } from "../findings/path.ts";
import type { TemplateValue } from "../schema/template-schema.ts";

/** What a rule may know besides the template. */
export interface RuleContext {
  /** The Lima that the template is for, such as "2.2.0"; absent: any. */
  limaVersion?: string | undefined;
  /** More is still to come (an unresolved `base`, images chosen later): what is missing is not yet a fault. */
  partial: boolean;
}

/** One fault that a rule saw. */
export interface Hit {
  path: Path;
  message: string;
  hint?: string;
  /** Point at the key rather than at its value. */
  at?: "key";
  /** Where a rule has more than one code or severity; default: the rule's own. */
  code?: FindingCode;
  severity?: Severity;
}

/**
 * One thing to check. Rules see typed values only: what has the wrong shape was reported before and is left out.
 */
export interface Rule {
  code: FindingCode;
  severity: Severity;
  /** file: each file by itself, before bases are merged. template: the whole. Default: template. */
  scope?: "file";
  check(template: TemplateValue, context: RuleContext): Iterable<Hit>;
}
