import { isMap, isScalar, isSeq, type Node, type YAMLSeq } from "yaml";
import { pairOf } from "../document/locate.ts";
import type { Severity } from "../findings/finding.ts";
import type { Path } from "../findings/path.ts";

/** A list inside an entry that limactl mixes up with one of the base. */
export interface MixedList {
  severity: Severity;
  path: Path;
  node: Node;
  message: string;
  hint: string;
}

/**
 * limactl joins all lists that two files have at the same path, also those inside the entries of a list, as if entries
 * at the same place were the same (pkg/limatmpl/embed.go, mergeDocuments). Does so with `fsArgs`, for it is what limactl
 * gives the guest; says so; and says where limactl fails. Called before the two lists are joined.
 */
export function joinListsInEntries(key: string, own: YAMLSeq<Node>, base: YAMLSeq<Node>): MixedList[] {
  const found: MixedList[] = [];
  for (const [index, entry] of own.items.entries()) {
    if (!isMap<Node, Node | null>(entry)) continue;
    for (const pair of entry.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : "";
      if (!isSeq<Node>(pair.value)) continue;
      const report = (severity: Severity, message: string, hint: string) =>
        found.push({ severity, path: [key, index, name], node: pair.key, message, hint });
      if (index >= base.items.length && key === "additionalDisks") {
        report(
          "error",
          "limactl adds a disk without a name when the base has fewer disks and this one has a list",
          "put the disks with lists first, or all disks into one file",
        );
      }
      const other = pairOf(base.items[index], name)?.value;
      if (!isSeq<Node>(other) || other.items.length === 0) continue;
      if (key === "portForwards") {
        report(
          "error",
          `limactl crashes when an entry at the same place in the base has \`${name}\` as well`,
          "put all entries with ranges into one file",
        );
      } else {
        report(
          "warning",
          `limactl adds the \`${name}\` of the entry at the same place in the base`,
          "put both entries into one file to keep them apart",
        );
        pair.value.items.push(...other.items.map((item) => item.clone() as Node));
      }
    }
  }
  return found;
}
