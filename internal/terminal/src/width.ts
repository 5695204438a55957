import { eastAsianWidth } from "get-east-asian-width";

/** The columns of the terminal that a stream writes to; undefined where it is none, and nothing needs to fit. */
export function terminalWidth({ isTTY, columns }: NodeJS.WriteStream): number | undefined {
  return isTTY && columns > 0 ? columns : undefined;
}

// Made when a text needs it: it takes ten milliseconds.
let segmenter: Intl.Segmenter | undefined;
const segmentsOf = (text: string) => (segmenter ??= new Intl.Segmenter()).segment(text);

/** How many columns of a terminal a text takes that has no control characters. */
export function textWidth(text: string): number {
  // Nearly everything is.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmentsOf(text)) width += widthOf(segment);
  return width;
}

/** As much of the beginning of a text as fits, with a sign where something was left out. */
export function fit(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = "";
  let width = 1;
  for (const { segment } of segmentsOf(text)) {
    width += widthOf(segment);
    if (width > columns) break;
    kept += segment;
  }
  return columns < 1 ? "" : `${kept}…`;
}

/** Of one character as a person sees it: what joins it has no width of its own. */
const widthOf = (segment: string) => {
  const codePoint = segment.codePointAt(0)!;
  return /^\p{M}/u.test(segment) ? 0 : eastAsianWidth(codePoint);
};
