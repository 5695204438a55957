/** What limactl's YAML readers refuse wherever it stands, and half characters, which are no text at all. */
const refused = /[\0-\x08\v\f\x0e-\x1f\x85\u2028\u2029\ufffe\uffff]|\r(?!\n)|^\ufeff|\p{Surrogate}/gu;

/** Characters that are rendered as escapes within double quotes; Lima 1.2 refuses more of them than 2.2. */
export const needsEscape = /[\0-\x08\v-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** A character that cannot stand in a template as it is. */
export interface RefusedCharacter {
  offset: number;
  message: string;
  hint: string;
}

/** The first of each kind of characters that cannot stand in a template as they are. */
export function refusedCharacters(text: string): RefusedCharacter[] {
  const seen = new Map<string, RefusedCharacter>();
  for (const { 0: character, index: offset } of text.matchAll(refused)) {
    if (!seen.has(character)) seen.set(character, { offset, ...about(character) });
  }
  return [...seen.values()];
}

function about(character: string): { message: string; hint: string } {
  const code = character.charCodeAt(0);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (code === 0xfeff) {
    return {
      message: "the text begins with a byte order mark, which limactl takes for a part of the first key",
      hint: "save the file as UTF-8 without a byte order mark",
    };
  }
  if (code === 0x0d) {
    return {
      message: "a carriage return by itself is a line break for limactl in some places and not in others",
      hint: "end lines with \\n or \\r\\n; in a text write \\r within double quotes",
    };
  }
  const hint = `write it within double quotes, as \\u${code.toString(16).padStart(4, "0")}`;
  if (code === 0x85 || code === 0x2028 || code === 0x2029) {
    return { message: `the character ${name} is a line break for one of limactl's YAML readers`, hint };
  }
  if (code >= 0xd800 && code <= 0xdfff) {
    return { message: `${name} is half a character`, hint: "take it out, or write the whole character" };
  }
  return { message: `limactl refuses the control character ${name}`, hint };
}
