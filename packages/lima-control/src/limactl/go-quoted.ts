/**
 * The text in a string as Go quotes it. That is the quoting of JSON but for what is not printable, which is left as it is
 * written; a text without quotes is itself.
 */
export function unquoteGo(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
