/** A URL as it may be shown and stored: without credentials, and without a query, in which signatures are carried. */
export function showUrl(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}
