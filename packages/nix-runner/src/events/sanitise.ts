const longestLine = 4096;

const operatingSystemCommand = /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
// C0, DEL, C1, and what turns the direction of text around.

const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

/**
 * A log line that is safe to show: no escape sequences and control characters, tabs as spaces, at most 4096 characters,
 * and of a line that was drawn over with carriage returns what was seen last.
 */
export function sanitiseLine(line: string): string {
  const drawn = line.slice(0, 16 * longestLine).replace(/\r+$/, "");
  const seen = drawn.slice(drawn.lastIndexOf("\r") + 1);
  // Not imported: Node then makes all of node:util ready, worker threads included, before nix is started.
  const { stripVTControlCharacters } = process.getBuiltinModule("node:util");
  const plain = stripVTControlCharacters(seen.replace(operatingSystemCommand, ""))
    .replaceAll("\t", "    ")
    .replace(unprintable, "");
  return plain.length > longestLine ? `${plain.slice(0, longestLine - 1)}…` : plain;
}
