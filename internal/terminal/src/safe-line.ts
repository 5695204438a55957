import { stripVTControlCharacters } from "node:util";

// As ECMA-48 has them; Node's own knows none with private parameters, such as a firmware's `ESC [ = 3 h`.
const controlSequence = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** Text from a tool or a guest, made harmless for a terminal: no escape sequences, no control characters. */
export function safeLine(text: string): string {
  const afterReturn = text.slice(text.lastIndexOf("\r") + 1);

  return stripVTControlCharacters(afterReturn.replace(controlSequence, ""))
    .replaceAll("\t", "  ")
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "");
}
