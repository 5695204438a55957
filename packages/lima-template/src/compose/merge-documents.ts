import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { giveHeadToFirst, stacked } from "../document/comments.ts";
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
  keepNewer(template, base, ["minimumLimaVersion"], (own, other) => /-/.test(own + other));
  keepNewer(
    template,
    base,
    ["vmOpts", "qemu", "minimumVersion"],
    (own, other) => own.includes("-") && !other.includes("-"),
  );
  const mixed: MixedList[] = [];
  mergeMappings(template, base, [], mixed);
  makeUnique(pairOf(template, "mountTypesUnsupported")?.value);
  return mixed;
}

function mergeMappings(template: Mapping, base: Mapping, path: string[], mixed: MixedList[]): void {
  let first = path.length === 0;
  const joint = jointOf(template, base);
  const before = template.items.length;
  giveHeadToFirst(base, "all");
  for (const pair of base.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    if (key === undefined || (path.length === 0 && key === "base")) continue;
    const own = pairOf(template, key);
    if (own === undefined) {
      if (first && !template.flow) pair.key.spaceBefore = true;
      first = false;
      template.items.push(pair);
      // A block inside a flow mapping would be squeezed into one line.
      if (template.flow && isBlock(pair.value)) template.flow = false;
    } else if (isMap<Node, Node | null>(own.value) && isMap<Node, Node | null>(pair.value)) {
      own.key.commentBefore ||= pair.key.commentBefore ?? null;
      mergeMappings(own.value, pair.value, [...path, key], mixed);
    } else if (isSeq<Node>(own.value) && isSeq<Node>(pair.value)) {
      const top = path[0] ?? key;
      if (top === "dns" && own.value.items.length > 0) continue;
      mixed.push(...joinListsInEntries(key, own.value, pair.value));
      own.key.commentBefore ||= pair.key.commentBefore ?? null;
      joinLists(own.value, pair.value, prepended.has(top));
    }
  }
  joint(template, template.items[before]?.key);
}

type Collection = Mapping | YAMLSeq<Node>;

/**
 * Joins the comments after the last entries of two collections, as they are now: each stays where it is, so that of the
 * first comes before what is put behind it, `next`. In a flow it is the comment on the line, of which there is one.
 */
function jointOf(first: Collection, second: Collection): (whole: Collection, next: Node | undefined) => void {
  const ends = [first.comment, second.comment];
  const onLine = first.flow === true || second.flow === true;
  return (whole, next) => {
    if (onLine) whole.comment = ends.find(Boolean) ?? null;
    else if (next === undefined) whole.comment = stacked(ends);
    else {
      next.commentBefore = stacked([ends[0], next.commentBefore]);
      whole.comment = ends[1] ?? null;
    }
  };
}

function joinLists(own: YAMLSeq<Node>, base: YAMLSeq<Node>, baseFirst: boolean): void {
  const joint = baseFirst ? jointOf(base, own) : jointOf(own, base);
  if (base.items.some(isBlock) || !base.flow)
    own.flow = base.items.length === 0 ? (own.flow ?? false) : false;
  giveHeadToFirst(base, "all");
  const ownItems = own.items;
  if (baseFirst) {
    giveHeadToFirst(own);
    own.items = [...base.items, ...ownItems];
    joint(own, ownItems[0]);
  } else {
    own.items = [...ownItems, ...base.items];
    joint(own, base.items[0]);
  }
}

const isBlock = (node: Node | null) => (isMap(node) || isSeq(node)) && !node.flow;

/** `baseWins` tells of versions with the same numbers whether the base's counts. */
function keepNewer(
  template: Mapping,
  base: Mapping,
  path: string[],
  baseWins: (own: string, other: string) => boolean,
): void {
  const find = (root: Mapping) =>
    path.reduce<Pair<Node, Node | null> | undefined>(
      (pair, step, index) => pairOf(index === 0 ? root : pair?.value, step),
      undefined,
    );
  const [own, other] = [find(template), find(base)];
  if (!isScalar(own?.value) || !isScalar(other?.value)) return;
  const [ownText, otherText] = [String(own.value.value), String(other.value.value)];
  const isSame = !isOlder(ownText, otherText) && !isOlder(otherText, ownText);
  if (isSame ? baseWins(ownText, otherText) : isOlder(ownText, otherText)) own.value = other.value;
}

function makeUnique(list: Node | null | undefined): void {
  if (!isSeq<Node>(list)) return;
  const seen = new Set<unknown>();
  list.items = list.items.filter((item) => !isScalar(item) || seen.size < seen.add(item.value).size);
}
