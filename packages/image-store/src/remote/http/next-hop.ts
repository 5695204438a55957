import { ImageStoreError } from "../../errors/image-store-error.ts";
import { showUrl } from "../address/show-url.ts";
import type { HttpAnswer, HttpRequest } from "./http-messages.ts";

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where an answer sends us next; undefined when it is the final one. Only what asks is sent on, never what writes.
 *
 * @throws ImageStoreError REDIRECT_REFUSED for a chain that is too long, a step from https to http, and a place that is none
 */
export function nextHop(
  method: HttpRequest["method"],
  answer: Pick<HttpAnswer, "status" | "header" | "url">,
  hops: number,
  longestChain: number,
): URL | undefined {
  if ((method !== "GET" && method !== "HEAD") || !redirects.has(answer.status)) return undefined;
  const from = answer.url;
  const location = answer.header("location");
  const to = location === undefined ? null : URL.parse(location, from.href);
  const refuse = (reason: string, hint: string) =>
    new ImageStoreError({
      code: "REDIRECT_REFUSED",
      message: `the redirect of ${showUrl(from)} is not followed: ${reason}`,
      hint,
      details: { from: showUrl(from), ...(to === null ? {} : { to: showUrl(to) }), hops },
    });
  const askOwner = "Tell whoever keeps the server; another address may serve the same image.";
  if (to === null) return refuseNow(refuse("it names no place", askOwner));
  if (hops >= longestChain)
    return refuseNow(
      refuse(
        `it would be number ${hops + 1} in a row`,
        "The server leads in a circle; use its final address.",
      ),
    );
  if (to.protocol !== "https:" && to.protocol !== "http:")
    return refuseNow(refuse(`it leads to ${to.protocol}`, askOwner));
  if (from.protocol === "https:" && to.protocol === "http:")
    return refuseNow(refuse(`it leads from https to http, ${showUrl(to)}`, askOwner));
  return to;
}

function refuseNow(error: ImageStoreError): never {
  throw error;
}
