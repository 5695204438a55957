/**
 * JSON that neither a terminal nor the log of a pipeline reads anything into: the characters that JSON leaves as they are and
 * terminals obey are written by number, and so is the second # of ##, with which commands begin anywhere in a line.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent)
    .replaceAll("##", "#\\u0023")
    .replace(
      /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}
