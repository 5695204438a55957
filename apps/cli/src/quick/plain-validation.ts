/** What `template validate` is asked. */
export interface PlainValidation {
  file: string;
  json: boolean;
}

const flags = ["--json", "-q", "--quiet", "-v", "--verbose"];

/** The command line `template validate FILE` with no more than plain flags; undefined for every other, right or wrong. */
export function plainValidation(argv: readonly string[]): PlainValidation | undefined {
  const [group, command, ...words] = argv;
  if (group !== "template" || command !== "validate") return undefined;
  const [file, ...more] = words.filter((word) => !flags.includes(word));
  if (!file || file.startsWith("-") || more.length > 0) return undefined;
  return { file, json: words.includes("--json") };
}
