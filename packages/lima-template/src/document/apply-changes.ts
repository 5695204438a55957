import { isMap, isScalar, isSeq, type Document, type Node } from "yaml";
import { isDeepStrictEqual } from "node:util";
import { pairOf } from "./locate.ts";
import { toPlain } from "./to-plain.ts";

/** Sets top-level keys of a document, in place, touching no more of it than has to change. */
export function applyChanges(document: Document, changes: Readonly<Record<string, unknown>>): void {
  document.contents ??= document.createNode({}) as never;
  if (!isMap(document.contents)) return;
  for (const [key, value] of Object.entries(changes)) setKey(document, document.contents as Node, key, value);
}

function setKey(document: Document, map: Node, key: string, value: unknown): void {
  if (!isMap<Node, Node | null>(map)) return;
  if (value === undefined || value === null) {
    map.delete(key);
    return;
  }
  const pair = pairOf(map, key);
  if (pair === undefined) map.items.push(document.createPair(key, value) as never);
  else pair.value = changed(document, pair.value, value);
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
      if (key !== undefined && record[key] === undefined) node.delete(key);
    }
    for (const [key, inner] of Object.entries(record)) setKey(document, node, key, inner);
    return node;
  }
  if (isSeq<Node>(node) && Array.isArray(value)) {
    node.items = value.map((item, index) => changed(document, node.items[index] ?? null, item));
    if (node.items.length > 0) node.flow = false;
    return node;
  }
  const fresh = document.createNode(value) as Node;
  if (node !== null && isScalar(node) && isScalar(fresh) && node.comment) fresh.comment = node.comment;
  return fresh;
}
