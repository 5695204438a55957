import { Readable } from "node:stream";

import type { ImageSource } from "../source/open-source.ts";

const pieceBytes = 256 * 1024;

/** The bytes of an image from `start` to before `end`, as a stream that reads no more than is wanted. */
export function readPieces(
  source: ImageSource,
  start: number,
  end: number,
  onRead: (doneBytes: number) => void,
): Readable {
  async function* pieces() {
    for (let position = start; position < end;) {
      const piece = await source.read(position, Math.min(pieceBytes, end - position));
      position += piece.length;
      onRead(position);
      yield piece;
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: pieceBytes });
}
