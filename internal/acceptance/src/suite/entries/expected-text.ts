import * as z from "zod";

const pattern = z.string().refine(isPattern, "must be a regular expression of JavaScript");

/** What a text must be: a text is compared without the spaces and newlines at its ends. */
export const expectedText = z
  .union([
    z.string(),
    z.strictObject({
      equals: z.string().optional().describe("The whole text, byte for byte."),
      contains: z.string().min(1).optional().describe("Somewhere in the text."),
      matches: pattern
        .optional()
        .describe("A regular expression, with the flag m: ^ and $ are ends of lines."),
    }),
  ])
  .describe("A text to be equal to, spaces at its ends aside, or `equals`, `contains`, `matches`.");

export type ExpectedText = z.infer<typeof expectedText>;

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "m");
    return true;
  } catch {
    return false;
  }
}
