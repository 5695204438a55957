const longestText = 500;

/** Text on one line, at most 500 characters. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > longestText ? `${line.slice(0, longestText - 1)}…` : line;
}

/** "a", "a or b", "a, b or c" as nix writes suggestions, taken apart. */
export function suggestionsIn(text: string): string[] {
  const list = /Did you mean (?:one of )?(.*)\?/.exec(text)?.[1];
  return list === undefined
    ? []
    : list
        .split(/, | or /)
        .map((name) => name.trim())
        .filter(Boolean);
}

/** A word as a shell reads it, for commands that are shown to people. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
