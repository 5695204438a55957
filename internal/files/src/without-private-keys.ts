const blocks = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g;

/** A text with its private keys taken out, those that lack their end as well: RFC 7468, and OpenSSH's own kind. */
export function withoutPrivateKeys(text: string): string {
  return text.replaceAll(blocks, "(a private key was here)");
}
