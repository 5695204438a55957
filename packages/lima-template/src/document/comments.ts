import { isMap, isNode, type Node, type YAMLMap, type YAMLSeq } from "yaml";

/** Comments one above the other, a line between them when they were apart. */
export const stacked = (comments: readonly (string | null | undefined)[], between: "\n" | "\n\n" = "\n") =>
  comments.filter(Boolean).join(between) || null;

/** The last paragraph of a comment, and what stands above it. */
export function lastParagraph(comment: string): { above: string | null; last: string } {
  const at = comment.lastIndexOf("\n\n");
  return at === -1
    ? { above: null, last: comment }
    : { above: comment.slice(0, at), last: comment.slice(at + 2) };
}

/** The node that a comment above the first entry of a collection is put on. */
function firstIn(collection: YAMLMap<Node, Node | null> | YAMLSeq<Node>): Node | undefined {
  const first = isMap<Node, Node | null>(collection) ? collection.items[0]?.key : collection.items[0];
  return isNode(first) ? first : undefined;
}

/**
 * The parser hangs the comment above the first entry of a block on the block, where it would stay when the entry goes.
 * Gives it to the entry; what stands apart above it is about the whole, which keeps it unless `all` is asked for.
 */
export function giveHeadToFirst(
  collection: YAMLMap<Node, Node | null> | YAMLSeq<Node>,
  which: "all" | "last" = "last",
): void {
  const first = firstIn(collection);
  if (collection.flow || !collection.commentBefore || first === undefined) return;
  const head = collection.commentBefore;
  const { above, last } = which === "all" ? { above: null, last: head } : lastParagraph(head);
  first.commentBefore = stacked([last, first.commentBefore]);
  if (above !== null) first.spaceBefore = true;
  collection.commentBefore = above;
}
