import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from "yaml";
import type { FindingCode } from "../findings/codes.ts";

/** A fault that expansion met, by the node to point at. */
export interface AliasFault {
  code: Extract<FindingCode, "YAML_UNKNOWN_ALIAS" | "YAML_ALIAS_BOMB" | "YAML_MERGE_CLASH">;
  node: Node;
  message: string;
}

/** No template comes near it; nested aliases reach it with a few lines ("billion laughs"). */
const mostExpandedNodes = 20_000;

/**
 * Replaces aliases and `<<` merges by what they stand for, in place, and takes the anchors away: what is rendered later
 * goes through two YAML parsers in limactl that do not agree on them.
 */
export function expandAliases(document: Document): AliasFault[] {
  const faults: AliasFault[] = [];
  const anchors = new Map<string, Node>();
  let budget = mostExpandedNodes;

  const expand = (node: Node | null): Node | null => {
    if (node === null) return null;
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined) {
        faults.push({
          code: "YAML_UNKNOWN_ALIAS",
          node,
          message: `alias *${node.source} has no anchor before it`,
        });
        return document.createNode(null) as Node;
      }
      budget -= countNodes(target);
      if (budget < 0) {
        faults.push({
          code: "YAML_ALIAS_BOMB",
          node,
          message: `aliases expand to more than ${mostExpandedNodes} values`,
        });
        return document.createNode(null) as Node;
      }
      return target.clone() as Node;
    }
    if (isMap<Node, Node | null>(node)) {
      for (const pair of node.items) pair.value = budget < 0 ? pair.value : expand(pair.value);
      mergeInto(node, faults);
    } else if (isSeq<Node>(node)) {
      node.items = node.items.map((item) => (budget < 0 ? item : (expand(item) as Node)));
    }
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      delete node.anchor;
    }
    return node;
  };

  document.contents = expand(document.contents as Node | null) as typeof document.contents;
  return budget < 0 ? faults.filter((fault) => fault.code === "YAML_ALIAS_BOMB").slice(0, 1) : faults;
}

function countNodes(node: Node | null): number {
  if (isMap<Node, Node | null>(node))
    return node.items.reduce((sum, pair) => sum + 1 + countNodes(pair.value), 1);
  if (isSeq<Node>(node)) return node.items.reduce((sum, item) => sum + countNodes(item), 1);
  return 1;
}

const keyOf = (pair: Pair<Node, Node | null>) => (isScalar(pair.key) ? String(pair.key.value) : undefined);

function mergeInto(map: YAMLMap<Node, Node | null>, faults: AliasFault[]): void {
  const merges = map.items.filter((pair) => keyOf(pair) === "<<");
  if (merges.length === 0) return;
  const items = map.items.filter((pair) => keyOf(pair) !== "<<");
  const own = new Map(items.map((pair) => [keyOf(pair), pair]));
  for (const merge of merges) {
    const sources = isSeq<Node>(merge.value) ? merge.value.items : [merge.value];
    for (const source of sources) {
      if (!isMap<Node, Node | null>(source)) continue;
      for (const pair of source.items) {
        const clash = own.get(keyOf(pair));
        if (clash === undefined) {
          own.set(keyOf(pair), pair);
          items.unshift(pair);
        } else {
          faults.push({
            code: "YAML_MERGE_CLASH",
            node: clash.key,
            message: `key \`${keyOf(pair)}\` is written here and brought by \`<<\` as well`,
          });
        }
      }
    }
  }
  map.items = items;
}
