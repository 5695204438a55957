import type { Writable } from "node:stream";

import { drained } from "./drained.ts";
import { InputError } from "./input-error.ts";

/**
 * Writes to a program's stdin what `input` gives, at the pace of the program. A program that reads no more ends the
 * input, which is no failure; an input that fails, or gives what is no bytes, is told by `onFailure`, and stdin stays open.
 *
 * @returns What ends the input at once.
 */
export function feedInput(
  input: AsyncIterable<Uint8Array>,
  stdin: Writable,
  onFailure: (error: unknown) => void,
): () => void {
  const iterator = input[Symbol.asyncIterator]();
  let stopped = false;
  let ended = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    if (ended) return;
    // A stream that is being waited for would keep our process alive until it gives something more.
    if ("destroy" in input && typeof input.destroy === "function") input.destroy();
    // Not waited for: an input that waits for its own source may never answer.
    iterator.return?.().catch(() => {});
  };
  stdin.on("error", stop);
  stdin.on("close", stop);

  const feed = async () => {
    for (;;) {
      const { done, value } = await iterator.next();
      if (stopped) return;
      ended = done === true;
      if (ended) break;
      if (!stdin.write(value)) await drained(stdin);
    }
    stdin.end();
  };
  feed().catch((error: unknown) => {
    if (!stopped) onFailure(new InputError(error));
  });
  return stop;
}
