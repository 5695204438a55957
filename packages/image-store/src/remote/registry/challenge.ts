/** One way in which a server lets itself be told who asks (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case, as "bearer". */
  scheme: string;
  parameters: Readonly<Record<string, string>>;
}

const item = /\s*(?:,\s*)*([A-Za-z][\w!#$%&'*+.^`|~-]*)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"]+)|(?=[\s,]|$))/y;

/** Reads a WWW-Authenticate header; what cannot be read ends it. */
export function parseChallenges(header: string | undefined): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  item.lastIndex = 0;
  for (;;) {
    const match = header === undefined ? null : item.exec(header);
    if (match === null) return challenges;
    const [, word, value] = match as unknown as [string, string, string | undefined];
    const current = challenges.at(-1);
    if (value === undefined) challenges.push({ scheme: word.toLowerCase(), parameters: {} });
    else if (current !== undefined) current.parameters[word.toLowerCase()] = unquote(value);
  }
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
}
