/** Where the image of a VM comes from, as one text says it. */
export type ImageReference =
  | { kind: "flake"; installable: string }
  | { kind: "store"; name: string }
  /** Of an `oci://` address the registry says the digest. */
  | { kind: "url"; url: string; sha256?: string };

/** What is wrong with a text that is no reference of an image. */
export interface BadReference {
  kind: "bad";
  why: string;
}

const storeName = /^[a-z0-9][a-z0-9._-]*$/;
const digested = /^(.*)@sha256:([0-9a-f]{64})$/;
const webAddress = /^https?:\/\//;

/** Whether a text is the address of an image elsewhere: a flake at a URL is written with its attribute, as `URL#x`. */
export function isImageAddress(text: string): boolean {
  return text.startsWith("oci://") || (webAddress.test(text) && !text.includes("#"));
}

/**
 * Reads the text that `image` holds: `URL@sha256:HEX` is a file to download, `oci://…` an image in a registry, a word of the
 * store's alphabet an image of the store, and everything else is for nix. A flake of the registry has to be written with
 * its attribute, as `nixpkgs#x`.
 */
export function parseImageReference(text: string): ImageReference | BadReference {
  if (text.startsWith("oci://")) return { kind: "url", url: text };
  if (isImageAddress(text)) {
    const [, url, sha256] = digested.exec(text) ?? [];
    if (url === undefined || sha256 === undefined)
      return { kind: "bad", why: "a URL needs the digest of what it gives: URL@sha256:HEX" };
    return { kind: "url", url, sha256 };
  }
  if (storeName.test(text)) return { kind: "store", name: text };
  if (text === "" || text.startsWith("-") || /\s/.test(text))
    return { kind: "bad", why: "it is no flake installable, no name in the store and no URL" };
  return { kind: "flake", installable: text };
}
