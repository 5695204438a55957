import { ImageStoreError } from "../../errors/image-store-error.ts";
import { findForeignFormat } from "../../formats/foreign-formats.ts";

/**
 * Ends a download early whose beginning shows that it is no image: the page of a login, or an archive, which is not
 * unpacked. That it is an image is found when all of it is there.
 *
 * @throws ImageStoreError NOT_AN_IMAGE
 */
export function checkBeginning(beginning: Buffer, shown: string): void {
  if (/^\s*<(!doctype\s+html|html|head)\b/i.test(beginning.subarray(0, 1024).toString("latin1"))) {
    const hint = "Open it in a browser: the server may ask to log in, or tell an error.";
    throw notAnImage(shown, "the server sent a web page", hint, "HTML");
  }
  const foreign = findForeignFormat(beginning, Buffer.alloc(0));
  if (foreign === undefined) return;
  throw notAnImage(shown, `it is a file of format ${foreign.name}`, foreign.hint, foreign.name);
}

function notAnImage(shown: string, reason: string, hint: string, foundFormat: string): ImageStoreError {
  return new ImageStoreError({
    code: "NOT_AN_IMAGE",
    message: `${shown} is not a disk image that can be stored: ${reason}`,
    hint,
    details: { url: shown, foundFormat },
  });
}
