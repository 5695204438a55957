import { isDeepStrictEqual } from "node:util";
import { isScalar, type Node } from "yaml";
import { pairOf } from "./locate.ts";
import { toPlain } from "./to-plain.ts";

/** What tells entries of a list apart, the most telling first. */
const identities = [
  "location",
  "mountPoint",
  "name",
  "interface",
  "path",
  "guestPort",
  "guestSocket",
  "hostPort",
  "hostSocket",
  "guest",
  "url",
  "arch",
];

/**
 * For each new value of a list the old entry that it takes the place of: the one that says the same, else one with the
 * same identity, else the one at its place. So a comment stays with what it is about.
 */
export function pairEntries(
  entries: readonly Node[],
  values: readonly unknown[],
): readonly (Node | undefined)[] {
  const free = new Set(entries);
  const pairs: (Node | undefined)[] = values.map(() => undefined);
  const pairUp = (fits: (entry: Node, value: unknown, index: number) => boolean) => {
    for (const [index, value] of values.entries()) {
      if (pairs[index] !== undefined) continue;
      const entry = [...free].find((one) => fits(one, value, index));
      if (entry === undefined) continue;
      free.delete(entry);
      pairs[index] = entry;
    }
  };
  const same = (key: string) => (entry: Node, value: unknown) => {
    const wanted = valueAt(value, key);
    return wanted !== undefined && scalarAt(entry, key) === wanted;
  };
  pairUp((entry, value) => isDeepStrictEqual(toPlain(entry), value));
  for (const key of identities) pairUp(same(key));
  pairUp((entry, value, index) => entries[index] === entry && !areOfTwoArchs(entry, value));
  return pairs;
}

const valueAt = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

function scalarAt(entry: Node, key: string): unknown {
  const value = pairOf(entry, key)?.value;
  return isScalar(value) ? value.value : undefined;
}

function areOfTwoArchs(entry: Node, value: unknown): boolean {
  const [old, wanted] = [scalarAt(entry, "arch"), valueAt(value, "arch")];
  return old !== undefined && wanted !== undefined && old !== wanted;
}
