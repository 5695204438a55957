import { stripVTControlCharacters } from "node:util";

const colour = /\u001b\[[0-9;]*m/;

/**
 * Text of tools and guests, made harmless for the log of a pipeline. GitHub's runner takes `::name` at the beginning of a
 * line for a command, and `##[name]` anywhere in it; Azure and TeamCity have `##vso[` and `##teamcity[`, Buildkite makes
 * groups of lines that begin with `---`, `+++`, `~~~` and `^^^`, GitLab sections of control sequences. Colours stay.
 */
export function harmless(text: string): string {
  return text.split("\n").map(harmlessLine).join("\n");
}

function harmlessLine(line: string): string {
  const parts = line.split(new RegExp(`(${colour.source})`));
  const plain = parts.map((part) =>
    colour.test(part) && part.startsWith("\u001b") ? part : withoutControls(part),
  );
  return plain
    .join("")
    .replace(/^((?:\u001b\[[0-9;]*m|\s)*):(?=(?:\u001b\[[0-9;]*m)*:)/, "$1 : ")
    .replace(/##(?=\[|vso\[|teamcity\[)/gi, "# #")
    .replace(/^((?:\u001b\[[0-9;]*m)*)(---|\+\+\+|~~~|\^\^\^)(?=\s|$)/, "$1 $2");
}

function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    "",
  );
}
