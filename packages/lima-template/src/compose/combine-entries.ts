import { isMap, isScalar, isSeq, Pair, Scalar, YAMLMap, type Node } from "yaml";
import { pairOf } from "../document/locate.ts";

type Mapping = YAMLMap<Node, Node | null>;

const textAt = (entry: Node | null | undefined, key: string) => {
  const value = pairOf(entry, key)?.value;
  return isScalar(value) && value.value !== null ? String(value.value) : undefined;
};

/**
 * The last step of Lima's composition (pkg/limatmpl/embed.go, combineListEntries): entries of `mounts`,
 * `additionalDisks` and `networks` with the same key become one, the earlier winning, and the key `*` adds to all
 * entries before it.
 */
export function combineEntries(root: Node | null | undefined): void {
  combine(pairOf(root, "mounts")?.value, {
    keyOf: (entry) => textAt(entry, "mountPoint") ?? textAt(entry, "location"),
    fixed: ["location"],
  });
  combine(pairOf(root, "additionalDisks")?.value, {
    keyOf: (entry) => (isScalar(entry) ? String(entry.value) : textAt(entry, "name")),
    fixed: ["name"],
    nameKey: "name",
  });
  combine(pairOf(root, "networks")?.value, {
    keyOf: (entry) => textAt(entry, "interface"),
    fixed: ["interface"],
    exclusive: ["lima", "socket"],
  });
}

interface Combination {
  keyOf(entry: Node): string | undefined;
  /** Keys that are never taken over from the later entry. */
  fixed: readonly string[];
  /** Keys of which only one may be set: taken over only while none is. */
  exclusive?: readonly string[];
  /** Where an entry may be just a name: the key that the name gets when the entry becomes a mapping. */
  nameKey?: string;
}

function combine(list: Node | null | undefined, how: Combination): void {
  if (!isSeq<Node>(list)) return;
  const kept: Node[] = [];
  const byKey = new Map<string, number>();
  for (const entry of list.items) {
    const key = how.keyOf(entry);
    if (key === "*") {
      for (const index of kept.keys()) kept[index] = fill(kept[index]!, entry, how, index > 0);
      continue;
    }
    const earlier = key === undefined || key === "" ? undefined : byKey.get(key);
    if (earlier !== undefined) {
      kept[earlier] = fill(kept[earlier]!, entry, how, false);
      continue;
    }
    if (key !== undefined && key !== "") byKey.set(key, kept.length);
    kept.push(entry);
  }
  list.items = kept;
}

function fill(earlier: Node, later: Node, how: Combination, copy: boolean): Node {
  if (!isMap<Node, Node | null>(later)) return earlier;
  let target = earlier;
  if (isScalar(target) && how.nameKey !== undefined) {
    const mapping = new YAMLMap<Node, Node | null>();
    mapping.items.push(new Pair<Node, Node | null>(new Scalar(how.nameKey), target));
    mapping.range = target.range ?? null;
    target = mapping;
  }
  if (!isMap<Node, Node | null>(target)) return earlier;
  const taken = how.exclusive?.some((key) => textAt(target, key)) === true;
  const without = taken ? [...how.fixed, ...(how.exclusive ?? [])] : how.fixed;
  addMissing(target, later, without, copy);
  return target;
}

/** An entry that is added to several others is copied for all but the first, which keeps its place in the text. */
function addMissing(target: Mapping, later: Mapping, without: readonly string[], copy: boolean): void {
  for (const pair of later.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    if (key === undefined || without.includes(key)) continue;
    const own = pairOf(target, key);
    if (own === undefined) target.items.push(copy ? (pair.clone() as typeof pair) : pair);
    else if (isMap<Node, Node | null>(own.value) && isMap<Node, Node | null>(pair.value)) {
      addMissing(own.value, pair.value, [], copy);
    } else if (isEmpty(own.value))
      own.value = copy ? ((pair.value?.clone() ?? null) as Node | null) : pair.value;
  }
}

const isEmpty = (value: Node | null) =>
  value === null || (isScalar(value) && value.value === null) || (isSeq(value) && value.items.length === 0);
