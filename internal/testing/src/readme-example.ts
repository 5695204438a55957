import { readFileSync } from "node:fs";

/**
 * The code of the first fenced `ts` block of a README, or of the first one below the given heading (without its #s).
 * Fails when there is none, so that an example cannot get lost.
 */
export function readmeExample(file: string | URL, heading?: string): string {
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  let underHeading = heading === undefined;
  let block: string[] | undefined;
  let inOtherBlock = false;
  for (const line of lines) {
    if (block !== undefined || inOtherBlock) {
      const closes = /^```\s*$/.test(line);
      if (closes && block !== undefined) return block.join("\n") + "\n";
      if (closes) inOtherBlock = false;
      block?.push(line);
    } else if (line.startsWith("```")) {
      if (underHeading && /^```(ts|typescript)\b/.test(line)) block = [];
      else inOtherBlock = true;
    } else if (heading !== undefined && /^#+ /.test(line)) {
      underHeading = line.replace(/^#+ /, "").trim() === heading;
    }
  }
  throw new Error(`${String(file)} has no ts example${heading === undefined ? "" : ` below "${heading}"`}`);
}
