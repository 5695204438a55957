import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { pairOf } from "../document/locate.ts";
import { isOlder } from "../rules/versions.ts";
import { joinListsInEntries, type MixedList } from "./mixed-lists.ts";

/** Lists that a base's entries go before; all others they go after (pkg/limatmpl/embed.go). */
const prepended = new Set(["provision", "probes"]);

type Mapping = YAMLMap<Node, Node | null>;

/**
 * Merges a base into a template, in Lima's way: what the template says wins, also where it says null; mappings are
 * merged key by key; lists are joined; `dns` is taken only where the template has none; the newer of two minimum
 * versions wins. Nodes move over with their comments and keep their identity. `base` itself is left alone.
 */
export function mergeBaseInto(template: Mapping, base: Mapping): MixedList[] {
  keepNewer(
    template,
    base,
    ["minimumLimaVersion"],
    (own, other) => !isOlder(other, own) && /-/.test(own + other),
  );
  keepNewer(
    template,
    base,
    ["vmOpts", "qemu", "minimumVersion"],
    (own, other) => !isOlder(other, own) && own.includes("-") && !other.includes("-"),
  );
  // The comment above a file's first key belongs to the mapping, which does not move.
  const [head] = base.items;
  if (head !== undefined && base.commentBefore) {
    head.key.commentBefore = [base.commentBefore, head.key.commentBefore].filter(Boolean).join("\n");
  }
  const mixed: MixedList[] = [];
  mergeMappings(template, base, [], mixed);
  makeUnique(pairOf(template, "mountTypesUnsupported")?.value);
  return mixed;
}

function mergeMappings(template: Mapping, base: Mapping, path: string[], mixed: MixedList[]): void {
  let first = path.length === 0;
  for (const pair of base.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    if (key === undefined || (path.length === 0 && key === "base")) continue;
    const own = pairOf(template, key);
    if (own === undefined) {
      if (first && !template.flow) pair.key.spaceBefore = true;
      first = false;
      template.items.push(pair);
      if (!template.flow || !isBlock(pair.value)) continue;
      // A block inside a flow mapping would be squeezed into one line.
      template.flow = false;
    } else if (isMap<Node, Node | null>(own.value) && isMap<Node, Node | null>(pair.value)) {
      mergeMappings(own.value, pair.value, [...path, key], mixed);
    } else if (isSeq<Node>(own.value) && isSeq<Node>(pair.value)) {
      const top = path[0] ?? key;
      if (top === "dns" && own.value.items.length > 0) continue;
      mixed.push(...joinListsInEntries(key, own.value, pair.value));
      joinLists(own, own.value, pair, pair.value, prepended.has(top));
    }
  }
}

function joinLists(
  ownPair: Pair<Node, Node | null>,
  own: YAMLSeq<Node>,
  basePair: Pair<Node, Node | null>,
  base: YAMLSeq<Node>,
  baseFirst: boolean,
): void {
  if (base.items.some(isBlock) || !base.flow)
    own.flow = base.items.length === 0 ? (own.flow ?? false) : false;
  own.items = baseFirst ? [...base.items, ...own.items] : [...own.items, ...base.items];
  if (!ownPair.key.commentBefore && basePair.key.commentBefore)
    ownPair.key.commentBefore = basePair.key.commentBefore;
}

const isBlock = (node: Node | null) => (isMap(node) || isSeq(node)) && !node.flow;

/** `isNewer` tells of versions with the same numbers, or of which the base's is newer anyway, whether the base's counts. */
function keepNewer(
  template: Mapping,
  base: Mapping,
  path: string[],
  isNewer: (own: string, other: string) => boolean,
): void {
  const find = (root: Mapping) =>
    path.reduce<Pair<Node, Node | null> | undefined>(
      (pair, step, index) => pairOf(index === 0 ? root : pair?.value, step),
      undefined,
    );
  const [own, other] = [find(template), find(base)];
  if (!isScalar(own?.value) || !isScalar(other?.value)) return;
  const [ownText, otherText] = [String(own.value.value), String(other.value.value)];
  if (isOlder(ownText, otherText) || isNewer(ownText, otherText)) own.value = other.value;
}

function makeUnique(list: Node | null | undefined): void {
  if (!isSeq<Node>(list)) return;
  const seen = new Set<unknown>();
  list.items = list.items.filter((item) => !isScalar(item) || seen.size < seen.add(item.value).size);
}
