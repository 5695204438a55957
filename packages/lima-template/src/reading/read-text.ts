import type { Document } from "yaml";
import type { Composition } from "../compose/compose-bases.ts";
import { parseTemplateDocument, type ParsedDocument } from "../document/parse-template-document.ts";
import { SourceMap } from "../document/source-map.ts";
import type { Finding } from "../findings/finding.ts";
import { inReadingOrder } from "../findings/order.ts";
import { createTemplate, type Template } from "../template.ts";
import { assess } from "./assess.ts";

/** What may be known about where the template will be used. */
export interface TemplateContext {
  /** The Lima that it is for, such as "2.2.0": `minimumLimaVersion` is compared with it. Default: any. */
  limaVersion?: string;
  /** The template is a part of one (a base): what is missing is no fault. Default: false. */
  partial?: boolean;
}

/** A template, or why there is none. */
export interface TemplateReading {
  /** Present when there are no errors. */
  template?: Template;
  /** Everything found, in reading order; warnings as well. */
  findings: Finding[];
  /** No finding is an error. */
  ok: boolean;
}

/**
 * Reads a text by itself: a `base` is left alone, and what it may bring is not missed. Of a text that was composed of
 * several files it says nothing that is a fault only within one.
 */
export function readText(
  text: string,
  file: string | undefined,
  context: TemplateContext,
  composed = false,
): TemplateReading {
  const parsed = parseTemplateDocument(text, file);
  const sources = new SourceMap(parsed.source);
  sources.register(parsed.document?.contents, parsed.source);
  return conclude(parsed, sources, composed ? [] : [parsed.document], context, {
    findings: [],
    unresolved: hasBase(parsed.document),
    composed,
  });
}

function hasBase(document: Document | undefined): boolean {
  const base = (document?.toJS() as { base?: unknown } | null | undefined)?.base;
  return Array.isArray(base) ? base.length > 0 : Boolean(base);
}

/** Puts the verdicts of the files and of the whole together. */
export function conclude(
  parsed: ParsedDocument,
  sources: SourceMap,
  files: readonly (Document | undefined)[],
  context: TemplateContext,
  composition: Composition,
  fileFindings: readonly Finding[] = [],
): TemplateReading {
  const partial = context.partial === true || composition.unresolved;
  const findings: Finding[] = [...parsed.findings, ...composition.findings, ...fileFindings];
  const ruleContext = { limaVersion: context.limaVersion, partial };
  for (const document of files) {
    if (document !== undefined) findings.push(...assess(document, sources, ruleContext, "file").findings);
  }
  const whole = parsed.document && assess(parsed.document, sources, ruleContext, undefined);
  if (whole !== undefined) findings.push(...whole.findings);
  const ordered = inReadingOrder(findings);
  const ok = ordered.every((finding) => finding.severity !== "error");
  if (!ok || parsed.document === undefined || whole?.value === undefined)
    return { findings: ordered, ok: false };
  const { file } = parsed.source;
  const reread = (text: string) => readText(text, file, { ...context, partial }, composition.composed);
  const state = { document: parsed.document, sources, reread };
  return { template: createTemplate(whole.value, file, state), findings: ordered, ok };
}
