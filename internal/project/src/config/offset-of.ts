import { isMap, isScalar, type Document, type Node } from "yaml";

/** Where in the text something is; for what is not there, the nearest thing around it. */
export function offsetOf(
  document: Document,
  path: readonly PropertyKey[],
  which: "key" | "value" = "value",
): number {
  let node = document.contents as Node | null;
  let nearest = node?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) break;
      const key = pair.key as Node;
      node = pair.value as Node | null;
      const last = index === path.length - 1;
      nearest = (last && which === "value" ? (node ?? key) : key).range?.[0] ?? nearest;
    } else {
      node = (node as { items?: (Node | null)[] } | null)?.items?.[Number(step)] ?? null;
      nearest = node?.range?.[0] ?? nearest;
    }
    if (node === null) break;
  }
  return nearest;
}
