import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseDocument, visit } from "yaml";

import type { ReferenceTarget } from "./reference.ts";
import type { TargetIndex } from "./target-index.ts";
import { Unreadable } from "./unreadable.ts";

const largestBytes = 16 * 1024 * 1024;

/** How a template refers to an image. */
export interface FoundInYaml {
  target: ReferenceTarget;
  kind: "location" | "digest";
}

/**
 * The stored images that a template or a lima.yaml names: by a path to the file or to a link that leads there, or by digest.
 * Every text in it is looked at, not only `images`, since what Lima reads elsewhere next year counts as well.
 *
 * @throws Unreadable
 */
export async function findInYaml(
  file: string,
  index: TargetIndex,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FoundInYaml[]> {
  const found: FoundInYaml[] = [];
  for (const text of await textsOf(file)) {
    for (const [, sha256] of text.matchAll(/\b([0-9a-f]{64})\b/gi)) {
      for (const target of index.withDigest(sha256!.toLowerCase())) found.push({ target, kind: "digest" });
    }
    const path = localPath(text, dirname(file), env);
    const target = path === undefined ? undefined : await index.atPath(path);
    if (target !== undefined) found.push({ target, kind: "location" });
  }
  return found;
}

async function textsOf(file: string): Promise<string[]> {
  try {
    const { size } = await stat(file);
    if (size > largestBytes) throw new Unreadable(file, `it has ${size} bytes`);
    const document = parseDocument(await readFile(file, "utf8"), { logLevel: "silent" });
    const [problem] = document.errors;
    if (problem !== undefined) throw new Unreadable(file, problem.message.split("\n")[0]!, problem);
    if (document.contents === null) throw new Unreadable(file, "it is empty");
    const texts: string[] = [];
    visit(document, { Scalar: (_, { value }) => void (typeof value === "string" && texts.push(value)) });
    return texts;
  } catch (error) {
    throw Unreadable.from(error, file);
  }
}

/** The path of a file on this machine that a location names, as Lima reads it (localpathutil, 2.2); else undefined. */
function localPath(
  text: string,
  base: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (text.length > 4096 || /[\n\0]/.test(text)) return undefined;
  const location = text.replace(/^file:\/\//, "");
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return undefined;
  if (location === "~" || location.startsWith("~/")) return join(env["HOME"] || homedir(), location.slice(1));
  return resolve(base, location);
}
