/** One thing that is wrong in a configuration file, with its place. */
export interface ConfigFinding {
  file: string;
  /** First line is 1. */
  line: number;
  /** First column is 1. */
  column: number;
  /** As `mounts[0].location`; empty for the file as a whole. */
  path: string;
  message: string;
  hint?: string;
}

/** Control characters of somebody's file must not reach a terminal. */
export function withoutControlCharacters(text: string): string {
  return text.replaceAll("\t", " ").replace(/[\u0000-\u001f\u007f-\u009f]/g, "�");
}

/** `FILE:LINE:COLUMN: PATH: MESSAGE`, as editors and people read it. */
export function formatConfigFinding({ file, line, column, path, message, hint }: ConfigFinding): string {
  const where = path === "" ? "" : `${path}: `;
  return withoutControlCharacters(
    `${file}:${line}:${column}: ${where}${message}${hint === undefined ? "" : ` (${hint})`}`,
  );
}
