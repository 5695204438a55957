import type { Readable } from "node:stream";

export interface HttpRequest {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH";
  url: URL;
  headers?: Readonly<Record<string, string>> | undefined;
  /** Bytes, or how a stream of them is opened. */
  body?: Buffer | (() => Readable) | undefined;
}

/** What a server answered. The body has to be read or dropped. */
export interface HttpAnswer {
  /** Where it came from, after all redirects. */
  readonly url: URL;
  readonly status: number;
  /** A header; several of one name are joined by commas. */
  header(name: string): string | undefined;
  /** The body as it comes; fails with what {@link fromConnection} makes of a connection's end. */
  chunks(): AsyncIterable<Buffer>;
  /** Ends the answer without reading the rest of it. */
  drop(): void;
}
