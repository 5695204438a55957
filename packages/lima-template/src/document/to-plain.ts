import { isMap, isScalar, isSeq, type Node } from "yaml";

/**
 * A document without aliases as plain data. Keys with an empty value are left out: for Lima null is the same as not
 * written. Entries of lists keep their place.
 */
export function toPlain(node: Node | null | undefined): unknown {
  if (isMap<Node, Node | null>(node)) {
    const result: Record<string, unknown> = {};
    for (const pair of node.items) {
      const value = toPlain(pair.value);
      if (value === null || !isScalar(pair.key)) continue;
      Object.defineProperty(result, String(pair.key.value), {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return result;
  }
  if (isSeq<Node>(node)) return node.items.map((item) => toPlain(item));
  if (!isScalar(node)) return null;
  // Lima writes scripts with odd characters as !!binary, which is text for us.
  return node.value instanceof Uint8Array ? Buffer.from(node.value).toString("utf8") : (node.value ?? null);
}
