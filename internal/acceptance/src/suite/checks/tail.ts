import type { CommandResult } from "../../context.ts";

const mostCharacters = 8_000;

/** The end of what a command printed, for log excerpts; both streams, named where both have something. */
export function tailOf({ stdout, stderr }: CommandResult): string {
  const said = [stdout, stderr].map((text) => text.trimEnd());
  const text =
    said[0] !== "" && said[1] !== "" ? `${said[0]}\n--- standard error ---\n${said[1]}` : said.join("");
  return text.length > mostCharacters ? `…${text.slice(-mostCharacters)}` : text;
}
