const longest = 200;

/** Text of a server as one short line that cannot steer a terminal. */
export function plainText(text: string): string {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
