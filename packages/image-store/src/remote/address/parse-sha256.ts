import { ImageStoreError } from "../../errors/image-store-error.ts";

/**
 * The 64 hexadecimal digits of a SHA-256, which may have `sha256:` before them.
 *
 * @throws ImageStoreError BAD_DIGEST
 */
export function parseSha256(text: string): string {
  const [, digits] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  if (digits !== undefined) return digits.toLowerCase();
  throw new ImageStoreError({
    code: "BAD_DIGEST",
    message: `${JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)} is no SHA-256`,
    hint: "Give its 64 hexadecimal digits, as sha256sum prints them.",
    details: { sha256: text },
  });
}
