import { stripVTControlCharacters } from "node:util";

/** Text from a tool or a guest, made harmless for a terminal: no escape sequences, no control characters. */
export function safeLine(text: string): string {
  const afterReturn = text.slice(text.lastIndexOf("\r") + 1);

  return stripVTControlCharacters(afterReturn)
    .replaceAll("\t", "  ")
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "");
}
