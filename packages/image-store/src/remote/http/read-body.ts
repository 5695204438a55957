import { ImageStoreError } from "../../errors/image-store-error.ts";
import { showUrl } from "../address/show-url.ts";
import type { HttpAnswer } from "./http-messages.ts";

/**
 * Reads a whole body, and no more than that many bytes of it.
 *
 * @throws ImageStoreError REMOTE_ANSWER_BAD; TransientFailure
 */
export async function readBody(answer: HttpAnswer, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.chunks()) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      answer.drop();
      throw new ImageStoreError({
        code: "REMOTE_ANSWER_BAD",
        message: `the answer of ${showUrl(answer.url)} is too long: more than ${maxBytes} bytes`,
        details: { url: showUrl(answer.url), maxBytes },
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
