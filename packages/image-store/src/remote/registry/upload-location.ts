import { ImageStoreError } from "../../errors/image-store-error.ts";
import { showUrl } from "../address/show-url.ts";
import type { HttpAnswer } from "../http/http-messages.ts";

/**
 * Where an upload goes on, as the registry says in each answer.
 *
 * @throws ImageStoreError REMOTE_ANSWER_BAD
 */
export function uploadLocation(answer: HttpAnswer): URL {
  const location = answer.header("location");
  const url = location === undefined ? null : URL.parse(location, answer.url.href);
  if (url !== null && (url.protocol === "https:" || answer.url.protocol === "http:")) return url;
  const reason = url === null ? "it names no place for the upload" : `it leads from https to ${showUrl(url)}`;
  throw new ImageStoreError({
    code: "REMOTE_ANSWER_BAD",
    message: `the registry at ${answer.url.host} cannot be pushed to: ${reason}`,
    hint: "Tell whoever keeps the registry; one behind a proxy needs X-Forwarded-Proto.",
    details: { url: showUrl(answer.url), reason },
  });
}

/** How many bytes of an upload a registry has, by its Range header; undefined when it does not say. */
export function receivedBytes(answer: HttpAnswer): number | undefined {
  const [, last] = /^(?:bytes=)?0-(\d+)$/.exec(answer.header("range") ?? "") ?? [];
  if (last === undefined) return undefined;
  // An empty upload is "0-0", too, as a registry has no other way to say it.
  return last === "0" ? 0 : Number(last) + 1;
}
