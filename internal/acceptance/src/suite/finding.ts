import { withoutControlCharacters, type ConfigFinding } from "@sysinit-internal/project/finding";

/** Something wrong in a suite file. */
export interface SuiteFinding extends ConfigFinding {
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
