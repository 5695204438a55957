import { ImageStoreError } from "../../errors/image-store-error.ts";
import { parseOciReference, type OciReference } from "./oci-reference.ts";
import { showUrl } from "./show-url.ts";

/** Where an image is kept elsewhere: a file on a web server, or an artifact in an OCI registry. */
export type RemoteAddress =
  { kind: "file"; url: URL; shown: string } | { kind: "oci"; reference: OciReference; shown: string };

const ociScheme = "oci://";

/**
 * Reads an `https://`, `http://` or `oci://` address.
 *
 * @throws ImageStoreError BAD_URL
 */
export function parseAddress(text: string): RemoteAddress {
  if (text.startsWith(ociScheme)) {
    const reference = parseOciReference(text.slice(ociScheme.length));
    if (typeof reference === "string") throw badUrl(text.includes("@") ? undefined : text, reference);
    return { kind: "oci", reference, shown: text };
  }
  const url = URL.parse(text);
  // Not repeated in the message: what cannot be read may hold a password anywhere.
  if (url === null) throw badUrl(undefined, "it is no URL");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw badUrl(undefined, `${url.protocol}// is not known`);
  }
  if (!isDecodable(url.username) || !isDecodable(url.password)) {
    throw badUrl(undefined, "in its user or password a % is not written %25");
  }
  url.hash = "";
  return { kind: "file", url, shown: showUrl(url) };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function badUrl(text: string | undefined, reason: string): ImageStoreError {
  return new ImageStoreError({
    code: "BAD_URL",
    message: `${text ?? "the address"} is no address of an image: ${reason}`,
    hint: "Write https://host/path/image.qcow2 or oci://registry/repository:tag.",
    details: { reason, ...(text === undefined ? {} : { url: text }) },
  });
}
