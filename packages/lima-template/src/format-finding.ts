import type { Finding } from "./findings/finding.ts";

/**
 * A finding for people, without colours:
 *
 *     FILE:LINE:COLUMN: error[CODE] PATH: MESSAGE
 *       the source line
 *       ^
 *       hint: what to do
 */
export function formatFinding(finding: Finding): string {
  const { file, line, column, severity, code, path, message, hint, sourceLine } = finding;
  const place = `${file ?? "(text)"}:${line}:${column}`;
  const lines = [`${place}: ${severity}[${code}] ${path}: ${message}`];
  if (sourceLine.trim() !== "") {
    lines.push(`  ${clean(sourceLine)}`);
    if (column <= sourceLine.length + 1) lines.push(`  ${" ".repeat(column - 1)}^`);
  }
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.map(clean).join("\n");
}

/** Control characters of somebody's file must not reach a terminal. */
function clean(text: string): string {
  return text.replace(/\t/g, " ").replace(/[\u0000-\u001f\u007f-\u009f]/g, "�");
}
