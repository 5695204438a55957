import { isMap, isScalar, isSeq, type Node } from "yaml";

/** A document without aliases as plain data. */
export function toPlain(node: Node | null | undefined): unknown {
  if (isMap<Node, Node | null>(node)) {
    const result: Record<string, unknown> = {};
    for (const pair of node.items) {
      const value = toPlain(pair.value);
      if (!isScalar(pair.key)) continue;
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
