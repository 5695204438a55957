import type { Finding } from "./finding.ts";

/** Findings in reading order: the files as met, then lines and columns, each said once. */
export function inReadingOrder(findings: readonly Finding[]): Finding[] {
  const files = [...new Set(findings.map((finding) => finding.file))];
  const seen = new Set<string>();
  return findings
    .filter((finding) => {
      const key = JSON.stringify([finding.file, finding.line, finding.column, finding.code, finding.message]);
      return seen.size < seen.add(key).size;
    })
    .sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column);
}
