/** The text that a document was parsed from. */
export interface Source {
  readonly text: string;
  readonly file: string | undefined;
}

/** A place in a source, ready for a finding. */
export interface Position {
  file?: string;
  line: number;
  column: number;
  sourceLine: string;
}

const longestSourceLine = 200;

const lineStarts = new WeakMap<Source, number[]>();

function lineStartsOf(source: Source): number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf("\n"); at !== -1; at = source.text.indexOf("\n", at + 1))
    starts.push(at + 1);
  lineStarts.set(source, starts);
  return starts;
}

/**
 * Line, column and source line of an offset in UTF-16 units. Counted in the text itself: yaml's LineCounter counts some
 * lines twice when it meets errors.
 */
export function positionAt(source: Source, offset: number): Position {
  const { text, file } = source;
  const at = Math.min(Math.max(offset, 0), text.length);
  const starts = lineStartsOf(source);
  let line = 1;
  for (let last = starts.length; line < last;) {
    const middle = (line + last + 1) >> 1;
    if ((starts[middle - 1] ?? 0) <= at) line = middle;
    else last = middle - 1;
  }
  const start = starts[line - 1] ?? 0;
  const end = text.indexOf("\n", start);
  const byteOrderMark = start === 0 && text.startsWith("\uFEFF") ? 1 : 0;
  const whole = text.slice(start + byteOrderMark, end === -1 ? undefined : end).replace(/\r$/, "");
  const sourceLine = whole.length > longestSourceLine ? `${whole.slice(0, longestSourceLine)}…` : whole;
  const column = Math.max(at - start - byteOrderMark, 0) + 1;
  return { ...(file === undefined ? {} : { file }), line, column, sourceLine };
}
