import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import type { FindingCode } from "../findings/codes.ts";
import { templateShape, type Shape } from "../shape/shape.ts";
import { stacked } from "./comments.ts";

/** A fault that expansion met, by the node to point at. */
export interface AliasFault {
  code: Extract<FindingCode, "YAML_UNKNOWN_ALIAS" | "YAML_ALIAS_BOMB" | "YAML_MERGE" | "YAML_MERGE_CLASH">;
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

  const expand = (node: Node | null, shape: Shape | undefined): Node | null => {
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
      return withComment(target.clone() as Node, node);
    }
    if (isMap<Node, Node | null>(node)) {
      for (const pair of node.items)
        pair.value = budget < 0 ? pair.value : expand(pair.value, shapeOf(shape, pair));
      mergeInto(node, faults, shape !== undefined && shape.properties === undefined);
    } else if (isSeq<Node>(node)) {
      node.items = node.items.map((item) => (budget < 0 ? item : (expand(item, itemsOf(shape)) as Node)));
    }
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      delete node.anchor;
    }
    return node;
  };

  document.contents = expand(document.contents as Node | null, templateShape) as typeof document.contents;
  return budget < 0 ? faults.filter((fault) => fault.code === "YAML_ALIAS_BOMB").slice(0, 1) : faults;
}

function countNodes(node: Node | null): number {
  if (isMap<Node, Node | null>(node))
    return node.items.reduce((sum, pair) => sum + 1 + countNodes(pair.value), 1);
  if (isSeq<Node>(node)) return node.items.reduce((sum, item) => sum + countNodes(item), 1);
  return 1;
}

/** What Lima leaves to drivers and guest systems: any mapping of any. */
const anything: Shape = {};
anything.additionalProperties = anything.items = anything;
const unread = new Set(["vmOpts", "osOpts"]);

/** The shape of what stands under a key; undefined where it is not known. */
function shapeOf(shape: Shape | undefined, pair: Pair<Node, Node | null>): Shape | undefined {
  const { properties, additionalProperties } = shape ?? {};
  if (isMerge(pair)) return shape;
  if (shape === templateShape && unread.has(keyOf(pair) ?? "")) return anything;
  const open = typeof additionalProperties === "object" ? additionalProperties : undefined;
  return properties?.[keyOf(pair) ?? ""] ?? open;
}

const itemsOf = (shape: Shape | undefined) => (Array.isArray(shape?.items) ? undefined : shape?.items);

/** What stands for an alias, with the comment that the alias had. */
function withComment(node: Node, { comment, commentBefore }: Node): Node {
  if (commentBefore) node.commentBefore = stacked([commentBefore, node.commentBefore]);
  if (!comment) return node;
  // Behind a block it would stand below it.
  if ((isMap(node) || isSeq(node)) && node.flow !== true)
    node.commentBefore = stacked([comment, node.commentBefore]);
  else node.comment = comment;
  return node;
}

const keyOf = (pair: Pair<Node, Node | null>) => (isScalar(pair.key) ? String(pair.key.value) : undefined);

/** In quotes it is a key like any other. */
const isMerge = ({ key }: Pair<Node, Node | null>) =>
  isScalar(key) && key.value === "<<" && (key.type === undefined || key.type === Scalar.PLAIN);

/**
 * Takes merges out of a mapping and their keys in. In an open mapping, such as `env`, the later of two keys wins; where
 * the keys are known, Lima refuses a key that comes twice.
 */
function mergeInto(map: YAMLMap<Node, Node | null>, faults: AliasFault[], isOpen: boolean): void {
  const merges = map.items.filter(isMerge);
  if (merges.length === 0) return;
  const items = map.items.filter((pair) => !isMerge(pair));
  const own = new Map(items.map((pair) => [keyOf(pair), pair]));
  const brought = new Set<Pair<Node, Node | null>>();
  for (const merge of merges) {
    const sources = isSeq<Node>(merge.value) ? merge.value.items : [merge.value];
    for (const source of sources) {
      if (!isMap<Node, Node | null>(source)) {
        const message = "`<<` takes a mapping, or a list of them";
        faults.push({ code: "YAML_MERGE", node: source?.range ? source : merge.key, message });
        continue;
      }
      for (const [index, pair] of source.items.entries()) {
        if (index === 0) bringComments(merge, source, pair);
        const clash = own.get(keyOf(pair));
        if (clash === undefined) {
          own.set(keyOf(pair), pair);
          brought.add(pair);
        } else if (isOpen && !brought.has(clash)) {
          if (map.items.indexOf(merge) > map.items.indexOf(clash)) clash.value = pair.value;
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
  map.items = [...brought, ...items];
}

/** The comments of a merge go above the first key that it brings. */
function bringComments(merge: Pair<Node, Node | null>, source: Node, { key }: Pair<Node, Node | null>): void {
  const comments = [merge.key.commentBefore, merge.value?.commentBefore, merge.value?.comment];
  if (source !== merge.value) comments.push(source.commentBefore, source.comment);
  key.commentBefore = stacked([...comments, key.commentBefore]);
}
