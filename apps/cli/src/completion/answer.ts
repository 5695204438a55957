import { complete } from "./complete.ts";
import { liveNames } from "./live-names.ts";
import { programTable } from "./program-table.ts";

/**
 * Answers a shell: one candidate a line, with its description behind a tab; `:files` or `:folders` where the shell knows better.
 */
export async function answer(words: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { candidates, files } = complete(await programTable(), words, liveNames(env));
  const lines = candidates.map(({ word, description }) => `${word}\t${description.split(/[.:;] /)[0]}`);
  return [...lines, ...(files === "none" ? [] : [`:${files}`])].map((line) => `${line}\n`).join("");
}
