import { readFileSync, statSync } from "node:fs";
import { isMap, isScalar, isSeq, Scalar, type Node } from "yaml";
import type { FindingCode } from "../findings/codes.ts";
import type { Path } from "../findings/path.ts";
import { pairOf } from "../document/locate.ts";
import { locatorIn, type Locator } from "./locator.ts";

/** A `file` that could not be embedded. */
export interface EmbedFault {
  code: Extract<FindingCode, "BASE_NOT_LOCAL" | "BASE_OUTSIDE" | "SCRIPT_FILE_NOT_FOUND">;
  path: Path;
  node: Node;
  message: string;
  hint?: string;
}

/** The key that the text of a `file` belongs to, by the mode of the entry. */
const bodyKeys: Record<string, string> = { data: "content", yq: "expression" };

/** limactl's YAML formatter cannot take longer lines (pkg/limatmpl/embed.go). */
const longestLine = 65_000;

/** Replaces `file` in provision entries by the text of the file, as limactl does. Called before bases are merged. */
export async function embedScripts(
  root: Node | null | undefined,
  resolve: (locator: string) => Promise<Locator>,
): Promise<EmbedFault[]> {
  const list = pairOf(root, "provision")?.value;
  if (!isSeq<Node>(list)) return [];
  const faults: EmbedFault[] = [];
  for (const [index, entry] of list.items.entries()) {
    const pair = pairOf(entry, "file");
    if (pair === undefined || !isMap(entry) || !isScalar(pair.key)) continue;
    const written = isMap(pair.value) ? pairOf(pair.value, "url")?.value : pair.value;
    const located = locatorIn(written);
    if (located === undefined) continue;
    const mode = pairOf(entry, "mode")?.value;
    const body = bodyKeys[isScalar(mode) ? String(mode.value) : ""] ?? "script";
    if (pairOf(entry, body) !== undefined) continue;

    const path = ["provision", index, "file"];
    const locator = await resolve(located);
    if (locator.kind === "remote") {
      faults.push({
        code: "BASE_NOT_LOCAL",
        path,
        node: written as Node,
        message: `\`${located}\` is left for limactl to fetch`,
      });
      continue;
    }
    if (locator.kind === "outside") {
      faults.push({
        code: "BASE_OUTSIDE",
        path,
        node: written as Node,
        message: `\`${located}\` must not have \`..\` in it`,
      });
      continue;
    }
    const text = await firstReadable(locator.paths);
    if (text instanceof Error) {
      faults.push({
        code: "SCRIPT_FILE_NOT_FOUND",
        path,
        node: written as Node,
        message: `cannot read ${locator.paths[0]}: ${reasonOf(text)}`,
        hint: "paths are relative to the file that they stand in",
      });
      continue;
    }
    pair.key.value = body;
    pair.key.source = body;
    if (isScalar(pair.value)) setText(pair.value, text);
    else pair.value = setText(Object.assign(new Scalar(""), { range: pair.value?.range ?? null }), text);
  }
  return faults;
}

function setText(node: Scalar, text: string): Scalar {
  node.source = text;

  if (
    /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ||
    text.split("\n").some((line) => line.length >= longestLine)
  ) {
    node.value = Buffer.from(text);
    node.tag = "tag:yaml.org,2002:binary";
    return node;
  }
  node.value = text;
  node.type = Scalar.BLOCK_LITERAL;
  return node;
}

/** The text of the first path that can be read, or the error of the first one. */
export async function firstReadable(paths: readonly string[]): Promise<string | Error> {
  let first: Error | undefined;
  for (const path of paths) {
    try {
      return await readText(path);
    } catch (error) {
      first ??= error as Error;
    }
  }
  return first ?? new Error("no path to look at");
}

async function readText(path: string): Promise<string> {
  // A template is read before the threads of Node have been started. But what makes one wait, such as a pipe, may take its time.
  if (statSync(path).isFile()) return readFileSync(path, "utf8");
  return process.getBuiltinModule("node:fs/promises").readFile(path, "utf8");
}

/** Why a file could not be read, in a few words. */
export function reasonOf(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "no such file";
  if (code === "EACCES") return "permission denied";
  if (code === "EISDIR") return "it is a directory";
  return error.message;
}
