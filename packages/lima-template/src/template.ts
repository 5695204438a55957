import type { Document, Node } from "yaml";
import type { ImageDefinition } from "./definition/entries.ts";
import type { TemplateChanges } from "./definition/template-definition.ts";
import { applyChanges } from "./document/apply-changes.ts";
import { locate } from "./document/locate.ts";
import type { SourceMap } from "./document/source-map.ts";
import type { Position } from "./document/source.ts";
import { LimaTemplateError } from "./failures/lima-template-error.ts";
import type { Finding } from "./findings/finding.ts";
import type { Path } from "./findings/path.ts";
import { renderDocument } from "./render/render-document.ts";
import type { TemplateValue } from "./schema/template-schema.ts";

/** A template that passed the checks. Never changes: `with` and `withImages` give a new one. */
export interface Template {
  /** The typed value, with every `base` merged that could be. */
  readonly value: TemplateValue;
  /** The file that it was read from. */
  readonly file?: string;
  /**
   * The template with other images.
   *
   * @throws LimaTemplateError INVALID_TEMPLATE, as `with`.
   */
  withImages(images: ImageDefinition[]): Template;
  /**
   * The template with other values for some top-level keys; `undefined` takes a key away. Comments on what stays are
   * kept.
   *
   * @throws LimaTemplateError INVALID_TEMPLATE when the outcome has errors; `details.findings` has them.
   */
  with(changes: TemplateChanges): Template;
  /**
   * The template with more: entries of lists go behind those that are there, keys of mappings beside them, and other
   * values take the place of the old ones.
   *
   * @throws LimaTemplateError INVALID_TEMPLATE, as `with`.
   */
  add(more: TemplateChanges): Template;
  /**
   * YAML for `limactl create -`: comments kept, no folded lines, no anchors. Needs no other file when the template was
   * loaded with `loadTemplate`; of a `base` only what is for limactl to fetch is left.
   */
  render(): string;
}

interface State {
  document: Document;
  sources: SourceMap;
  /** Checks a changed text under the same conditions. */
  reread(text: string): { template?: Template; findings: Finding[] };
}

const states = new WeakMap<Template, State>();

/** Makes a template of a checked document. */
export function createTemplate(value: TemplateValue, file: string | undefined, state: State): Template {
  const change = (changes: TemplateChanges): Template => {
    const text = written(() => {
      const document = state.document.clone();
      applyChanges(document, changes);
      return document;
    });
    const reading = state.reread(text);
    if (reading.template !== undefined) return reading.template;
    throw invalidTemplate(reading.findings);
  };
  const template: Template = Object.freeze({
    value,
    ...(file === undefined ? {} : { file }),
    with: change,
    add: (more: TemplateChanges) => change(joined(value, more)),
    withImages: (images: ImageDefinition[]) => change({ images }),
    render: () => renderDocument(state.document),
  });
  states.set(template, state);
  return template;
}

/** New values of the keys that are added to. */
function joined(value: TemplateValue, more: TemplateChanges): TemplateChanges {
  const old = value as Record<string, unknown>;
  const join = (key: string, added: unknown): unknown => {
    const there = old[key];
    if (Array.isArray(there) && Array.isArray(added))
      return [...(there as unknown[]), ...(added as unknown[])];
    return isMapping(there) && isMapping(added) ? { ...there, ...added } : (added ?? there);
  };
  return Object.fromEntries(Object.entries(more).map(([key, added]) => [key, join(key, added)]));
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The error for values that do not make a template. */
export function invalidTemplate(findings: readonly Finding[]): LimaTemplateError {
  const errors = findings.filter((finding) => finding.severity === "error");
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new LimaTemplateError({
    code: "INVALID_TEMPLATE",
    message: `these values make no valid template: ${first?.path ?? ""} ${first?.message ?? ""}${more}`,
    details: { findings },
  });
}

/** The YAML that values make. The `yaml` package throws for what cannot be written, such as a function. */
export function written(make: () => Document): string {
  try {
    return renderDocument(make());
  } catch (error) {
    const message = error instanceof RangeError ? "values are nested too deeply" : (error as Error).message;
    const place = { path: "(template)", line: 1, column: 1, sourceLine: "" };
    throw invalidTemplate([{ severity: "error", code: "WRONG_TYPE", message, ...place }]);
  }
}

/** Where in its text a template says something. */
export function positionIn(template: Template, path: Path): Position {
  const state = states.get(template);
  if (state === undefined) return { line: 1, column: 1, sourceLine: "" };
  return state.sources.positionOf(locate(state.document.contents as Node | null, path));
}
