import { isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from "yaml";
import { isDeepStrictEqual } from "node:util";
import { giveHeadToFirst, lastParagraph, stacked } from "./comments.ts";
import { pairOf } from "./locate.ts";
import { pairEntries } from "./pair-entries.ts";
import { toPlain } from "./to-plain.ts";

type Mapping = YAMLMap<Node, Node | null>;

/** Sets top-level keys of a document, in place, touching no more of it than has to change. */
export function applyChanges(document: Document, changes: Readonly<Record<string, unknown>>): void {
  document.contents ??= document.createNode({}) as never;
  if (!isMap(document.contents)) return;
  for (const [key, value] of Object.entries(changes)) setKey(document, document.contents as Node, key, value);
}

function setKey(document: Document, map: Node, key: string, value: unknown): void {
  if (!isMap<Node, Node | null>(map)) return;
  const pair = pairOf(map, key);
  if (value === undefined || value === null) {
    if (pair !== undefined) takeAway(map, pair, map === document.contents);
    return;
  }
  if (pair === undefined) map.items.push(document.createPair(key, value) as never);
  else pair.value = changed(document, pair.value, value);
}

/** Takes a pair out, with the comment that is about it; one that is about the whole stays. */
function takeAway(map: Mapping, pair: Pair<Node, Node | null>, isRoot = false): void {
  if (!isRoot) giveHeadToFirst(map);
  const index = map.items.indexOf(pair);
  map.items.splice(index, 1);
  const next = map.items[index]?.key;
  if (!isRoot || index > 0 || !pair.key.commentBefore || next === undefined) return;
  // The first comment of a file is about the file.
  const { above, last } = lastParagraph(pair.key.commentBefore);
  next.commentBefore = stacked([above ?? last, next.commentBefore], "\n\n");
  next.spaceBefore = false;
}

/** The node with the new value: the old one where it says the same, changed where its kind fits, else a new one. */
function changed(document: Document, node: Node | null, value: unknown): Node {
  if (node !== null && isDeepStrictEqual(toPlain(node), value)) return node;
  if (
    isMap<Node, Node | null>(node) &&
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value)
  ) {
    const record = value as Record<string, unknown>;
    for (const pair of [...node.items]) {
      const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
      if (key !== undefined && record[key] === undefined) takeAway(node, pair);
    }
    for (const [key, inner] of Object.entries(record)) setKey(document, node, key, inner);
    return node;
  }
  if (isSeq<Node>(node) && Array.isArray(value)) {
    giveHeadToFirst(node);
    const old = pairEntries(node.items, value);
    node.items = value.map((item, index) => changed(document, old[index] ?? null, item));
    if (node.items.length > 0) node.flow = false;
    return node;
  }
  const fresh = document.createNode(value) as Node;
  if (node !== null && isScalar(node) && isScalar(fresh) && node.comment) fresh.comment = node.comment;
  return fresh;
}
