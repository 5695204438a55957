/**
 * A value as text that Lima leaves as it is: Go's template braces in it are data. For texts that Lima fills in, such as
 * the content of a file; in a script use `shell`, which quotes as well. No brace may stand right before the outcome.
 */
export function literal(value: string): string {
  // A single brace at an end could become one of a pair with what is put beside it.
  return value.replace(/\{{2,}|^\{|\{$/g, (braces) => `{{"${braces}"}}`);
}
