import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { formatSuiteFinding, readSuite, type Suite } from "@sysinit-internal/acceptance/suite";

import { LimaCiError } from "../lima-ci-error.ts";

/** The suite that is taken when none is named. */
export const usualSuite = "lima-ci.yaml";

/** The suite that is named, or the usual one where the directory has it. */
export function suiteFile(named: string | undefined, directory: string): string | undefined {
  return named ?? (existsSync(resolve(directory, usualSuite)) ? usualSuite : undefined);
}

/** Reads a suite. Throws SUITE_UNREADABLE, or SUITE_INVALID with every finding. */
export async function loadSuite(file: string, directory: string): Promise<Suite> {
  let text: string;
  try {
    text = await readFile(resolve(directory, file), "utf8");
  } catch (cause) {
    throw new LimaCiError({
      code: "SUITE_UNREADABLE",
      message: `the suite ${file} cannot be read: ${(cause as Error).message}`,
      hint: `name a suite, or write ${usualSuite}`,
      details: { file },
      cause,
    });
  }
  const { suite, findings } = readSuite(text, file);
  if (suite !== undefined) return suite;
  const count = findings.length === 1 ? "1 mistake" : `${findings.length} mistakes`;
  throw new LimaCiError({
    code: "SUITE_INVALID",
    message: `the suite ${file} has ${count}`,
    hint: "mend each of them; `lima-ci validate` looks again",
    details: { findings, logTail: findings.flatMap((finding) => formatSuiteFinding(finding).split("\n")) },
  });
}
