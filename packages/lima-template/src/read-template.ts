import { readText, type TemplateContext, type TemplateReading } from "./reading/read-text.ts";

/** What to read. */
export interface ReadOptions {
  /** The YAML. */
  text: string;
  /** Named in findings. The file itself is not looked at. */
  file?: string;
  context?: TemplateContext;
}

/**
 * Reads a template from text and checks it: YAML, shape, rules. Never throws for a bad template: everything found comes
 * back at once, with line and column. A `base` is not followed (`loadTemplate` does), and what it may bring is not
 * missed.
 */
export function readTemplate({ text, file, context = {} }: ReadOptions): TemplateReading {
  return readText(text, file, context);
}
