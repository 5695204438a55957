import { Document } from "yaml";
import { readText } from "./reading/read-text.ts";
import type { TemplateDefinition } from "./definition/template-definition.ts";
import { invalidTemplate, written, type Template } from "./template.ts";

/**
 * Makes a template from values. What is missing, such as `images`, may still come with `withImages` and `with`.
 *
 * @throws LimaTemplateError INVALID_TEMPLATE when there are errors; `details.findings` has them, with their place in the
 * YAML that the values make.
 */
export function defineTemplate(value: TemplateDefinition): Template {
  const text = written(() => new Document(value));
  const { template, findings } = readText(text, undefined, { partial: true });
  if (template === undefined) throw invalidTemplate(findings);
  return template;
}
