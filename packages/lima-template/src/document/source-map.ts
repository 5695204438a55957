import { isCollection, isNode, isPair, type Node } from "yaml";
import { positionAt, type Position, type Source } from "./source.ts";

/**
 * Which text each node came from. Nodes keep their identity when templates are merged, so a finding on a composed
 * template still names the file that the value was written in.
 */
export class SourceMap {
  readonly #sources = new WeakMap<object, Source>();
  readonly #main: Source;

  constructor(main: Source) {
    this.#main = main;
  }

  register(node: unknown, source: Source): void {
    if (isPair(node)) {
      this.register(node.key, source);
      this.register(node.value, source);
    } else if (isNode(node)) {
      this.#sources.set(node, source);
      if (isCollection(node)) for (const item of node.items) this.register(item, source);
    }
  }

  /** The place of a node; the start of the main text for a node that was not in any text. */
  positionOf(node: Node | undefined): Position {
    const source = node === undefined ? undefined : this.#sources.get(node);
    if (source === undefined || !node?.range) return positionAt(this.#main, 0);
    return positionAt(source, node.range[0]);
  }

  sourceOf(node: Node | undefined): Source {
    return (node && this.#sources.get(node)) ?? this.#main;
  }
}
