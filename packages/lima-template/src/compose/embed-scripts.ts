import { basename } from "node:path";
import { isCollection, isMap, isScalar, isSeq, Scalar, type Node } from "yaml";
import type { FindingCode } from "../findings/codes.ts";
import type { Path } from "../findings/path.ts";
import { pairOf } from "../document/locate.ts";
import { isAcceptedName, nameHint } from "./accepted-name.ts";
import { locatorIn, relativeUrl, type Locator } from "./locator.ts";
import { firstReadable, reasonOf } from "./read-local.ts";
import { setScript } from "./script-node.ts";

/** A `file` that could not be embedded. */
export interface EmbedFault {
  code: Extract<
    FindingCode,
    "BASE_NAME" | "BASE_NOT_LOCAL" | "BASE_OUTSIDE" | "SCRIPT_FILE_EMPTY_LINE" | "SCRIPT_FILE_NOT_FOUND"
  >;
  path: Path;
  node: Node;
  message: string;
  hint?: string;
}

/** The key that the text of a `file` belongs to, by the mode of the entry. */
const bodyKeys: Record<string, string> = { data: "content", yq: "expression" };

/** limactl's YAML writer drops it at the start of a block, and the text with it or all that is around it. */
const newline = 0x0a;

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

    const refuse = (code: EmbedFault["code"], message: string, hint?: string) => {
      const fault = { code, path: ["provision", index, "file"], node: written as Node, message };
      faults.push(hint === undefined ? fault : { ...fault, hint });
    };
    const locator = await resolve(located);
    if (locator.kind === "remote") {
      refuse("BASE_NOT_LOCAL", `\`${located}\` is left for limactl to fetch`);
      continue;
    }
    if (locator.kind === "outside") {
      refuse("BASE_OUTSIDE", `\`${located}\` must not have \`..\` in it`);
      continue;
    }
    if (locator.kind === "relative") {
      refuse("SCRIPT_FILE_NOT_FOUND", ...relativeUrl(located));
      continue;
    }
    const [file = ""] = locator.paths;
    if (!isAcceptedName(file))
      refuse("BASE_NAME", `limactl refuses the file name \`${basename(file)}\``, nameHint);
    const bytes = await firstReadable(locator.paths);
    if (bytes instanceof Error) {
      refuse(
        "SCRIPT_FILE_NOT_FOUND",
        `cannot read ${file}: ${reasonOf(bytes)}`,
        "paths are relative to the file that they stand in",
      );
      continue;
    }
    if (bytes[0] === newline && ![root, list, entry].some((node) => isCollection(node) && node.flow))
      refuse(
        "SCRIPT_FILE_EMPTY_LINE",
        `limactl cannot embed ${file}: its first line is empty`,
        "take the empty line away",
      );
    pair.key.value = body;
    pair.key.source = body;
    if (isScalar(pair.value)) setScript(pair.value, bytes);
    else pair.value = setScript(Object.assign(new Scalar(""), { range: pair.value?.range ?? null }), bytes);
  }
  return faults;
}
