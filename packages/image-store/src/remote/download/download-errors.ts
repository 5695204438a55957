import { ImageStoreError } from "../../errors/image-store-error.ts";
import type { RemoteFile } from "./remote-file.ts";

/** An answer that contradicts itself or what is known of the file. */
export function badAnswer({ shown }: RemoteFile, reason: string): ImageStoreError {
  return new ImageStoreError({
    code: "REMOTE_ANSWER_BAD",
    message: `the answer of ${shown} cannot be used: ${reason}`,
    hint: "Tell whoever keeps the server, or use another address.",
    details: { url: shown, reason },
  });
}

/** All of the file has come, and it is not the one that was asked for. */
export function otherDigest(
  { shown: url, sha256: expected }: RemoteFile,
  actual: string,
  bytes: number,
): ImageStoreError {
  return new ImageStoreError({
    code: "DIGEST_MISMATCH",
    message: `${url} is another file than was asked for: its SHA-256 is ${actual}, not ${expected}`,
    hint: "Check the digest with who made the image; nothing of this file was kept.",
    details: { url, expected, actual, bytes },
  });
}
