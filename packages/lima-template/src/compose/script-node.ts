import { isUtf8 } from "node:buffer";
import { Scalar } from "yaml";
import { isGoodBlock } from "../render/render-document.ts";

/** limactl's YAML formatter cannot take longer lines, in bytes (pkg/limatmpl/embed.go). */
const longestLine = 65_000;

/** What no block can hold for all of limactl's YAML parsers. limactl encodes tabs as well; they stay readable here. */
const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} \t\n]/u;

/** Makes a node hold the bytes of a script: as a block where one can hold them, else quoted or as `!!binary`, as limactl does. */
export function setScript(node: Scalar, bytes: Buffer): Scalar {
  const text = bytes.toString("utf8");
  node.source = text;
  if (
    !isUtf8(bytes) ||
    unprintable.test(text) ||
    text.split("\n").some((line) => Buffer.byteLength(line) >= longestLine)
  ) {
    node.value = bytes;
    node.tag = "tag:yaml.org,2002:binary";
    return node;
  }
  node.value = text;
  node.type = isGoodBlock(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
  return node;
}
