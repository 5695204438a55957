/** Something wrong in a suite file. */
export interface SuiteFinding {
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** Where in the value: "checks[2].command"; empty for the file as a whole. */
  path: string;
  message: string;
  hint?: string;
  sourceLine: string;
}

/**
 * A finding for people, without colours:
 *
 *     FILE:LINE:COLUMN: error: PATH: MESSAGE
 *       the source line
 *       ^
 *       hint: what to do
 */
export function formatSuiteFinding(finding: SuiteFinding): string {
  const { file, line, column, path, message, hint, sourceLine } = finding;
  const lines = [`${file}:${line}:${column}: error: ${path === "" ? "" : `${path}: `}${message}`];
  if (sourceLine.trim() !== "") lines.push(`  ${sourceLine}`, `  ${" ".repeat(column - 1)}^`);
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.map(withoutControlCharacters).join("\n");
}

/** Control characters of somebody's file must not reach a terminal. */
function withoutControlCharacters(text: string): string {
  return text.replaceAll("\t", " ").replace(/[\u0000-\u001f\u007f-\u009f]/g, "�");
}
