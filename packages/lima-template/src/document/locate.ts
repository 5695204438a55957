import { isMap, isNode, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Path } from "../findings/path.ts";

/** The pair of a mapping with this key. */
export function pairOf(map: Node | null | undefined, key: string): Pair<Node, Node | null> | undefined {
  if (!isMap<Node, Node | null>(map)) return undefined;
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

/** The value at a path, or undefined where there is none. */
export function nodeAt(root: Node | null | undefined, path: Path): Node | undefined {
  let node: Node | null | undefined = root;
  for (const step of path) {
    if (typeof step === "number") node = isSeq<Node>(node) ? node.items[step] : undefined;
    else node = pairOf(node, step)?.value;
  }
  return isNode(node) ? node : undefined;
}

/**
 * The node to point at for a path: the value itself, its key where `at` says so or the value is empty, and for what is
 * not there the nearest thing around it that is.
 */
export function locate(
  root: Node | null | undefined,
  path: Path,
  at: "key" | "value" = "value",
): Node | undefined {
  let node: Node | null | undefined = root;
  let nearest: Node | undefined = isNode(root) ? root : undefined;
  for (const [index, step] of path.entries()) {
    if (typeof step === "number") {
      node = isSeq<Node>(node) ? node.items[step] : undefined;
      if (isNode(node)) nearest = node;
    } else {
      const pair = pairOf(node, step);
      if (pair === undefined) break;
      const last = index === path.length - 1;
      node = pair.value;
      const empty = !isNode(node) || (isScalar(node) && node.source === "");
      // What is missing in a block is said at the block's own key, not at its first entry.
      const useKey = empty || (last ? at === "key" : (isMap(node) || isSeq(node)) && !node.flow);
      nearest = useKey || !isNode(node) ? pair.key : node;
    }
    if (!isNode(node)) break;
  }
  return nearest;
}
