import { LineCounter } from "yaml";

/** The text that a document was parsed from. */
export interface Source {
  readonly text: string;
  readonly file: string | undefined;
  readonly lines: LineCounter;
}

/** A place in a source, ready for a finding. */
export interface Position {
  file?: string;
  line: number;
  column: number;
  sourceLine: string;
}

const longestSourceLine = 200;

export function createSource(text: string, file: string | undefined): Source {
  return { text, file, lines: new LineCounter() };
}

/** Line, column and source line of an offset in UTF-16 units. */
export function positionAt(source: Source, offset: number): Position {
  const { line, col } = source.lines.linePos(Math.min(Math.max(offset, 0), source.text.length));
  const start = source.lines.lineStarts[line - 1] ?? 0;
  const end = source.text.indexOf("\n", start);
  const whole = source.text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
  const sourceLine = whole.length > longestSourceLine ? `${whole.slice(0, longestSourceLine)}…` : whole;
  const position: Position = { line: Math.max(line, 1), column: Math.max(col, 1), sourceLine };
  if (source.file !== undefined) position.file = source.file;
  return position;
}
