import type { Dispatcher } from "undici";

import { throwIfAborted } from "../../errors/from-system.ts";
import { fromConnection } from "./from-connection.ts";
import type { HttpRequest, HttpAnswer } from "./http-messages.ts";
import { nextHop } from "./next-hop.ts";

export interface HttpClientOptions {
  /** Longest time in which nothing comes from a server. */
  silenceTimeoutMs: number;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
}

export interface HttpClient {
  /**
   * Asks a server. GET and HEAD follow redirects; an `authorization` header stays with the server it was meant for.
   *
   * @throws TransientFailure; ImageStoreError REMOTE_FAILED, REDIRECT_REFUSED, ABORTED
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends all connections, also those in use. */
  close(): Promise<void>;
}

const connectTimeoutMs = 15_000;
const longestChain = 10;
// What undici's own agent does not do, but Go's: a server on this machine is never asked through a proxy.
const neverProxied = "localhost,127.0.0.1,[::1]";

/**
 * A client that respects http_proxy, https_proxy and no_proxy, in lower or upper case. It never asks for a compressed
 * body, and does not unpack one. undici is loaded with the first request, since most verbs do without it.
 */
export function openHttpClient(options: HttpClientOptions): HttpClient {
  const { env, silenceTimeoutMs, signal } = options;
  let opened: ReturnType<typeof open> | undefined;
  const open = async () => {
    const { EnvHttpProxyAgent, request } = await import("undici");
    const dispatcher = new EnvHttpProxyAgent({
      httpProxy: env["http_proxy"] || env["HTTP_PROXY"] || "",
      httpsProxy: env["https_proxy"] || env["HTTPS_PROXY"] || "",
      noProxy: [env["no_proxy"] || env["NO_PROXY"], neverProxied].filter(Boolean).join(","),
      // Plain http goes through a proxy as a request, not through a tunnel, which proxies allow to port 443 only.
      proxyTunnel: false,
      connect: { timeout: connectTimeoutMs },
    });
    return { dispatcher, ask: request };
  };

  async function sendOnce(request: HttpRequest, url: URL, headers: Record<string, string>) {
    throwIfAborted(signal);
    const { body } = request;
    const { dispatcher, ask } = await (opened ??= open());
    try {
      const answer = await ask(url, {
        dispatcher,
        method: request.method,
        headers: { "user-agent": "sysinit-image-store", "accept-encoding": "identity", ...headers },
        body: typeof body === "function" ? body() : (body ?? null),
        signal: signal ?? null,
        headersTimeout: silenceTimeoutMs,
        bodyTimeout: silenceTimeoutMs,
      });
      return toAnswer(url, answer, signal);
    } catch (error) {
      throw fromConnection(error, url, signal);
    }
  }

  return {
    async send(request) {
      let { url } = request;
      let headers: Record<string, string> = { ...request.headers };
      if (url.username !== "") {
        headers = { authorization: basicAuthorization(url), ...headers };
      }
      for (let hops = 0; ; hops++) {
        const answer = await sendOnce(request, withoutCredentials(url), headers);
        const next = nextHop(request.method, answer, hops, longestChain);
        if (next === undefined) return answer;
        answer.drop();
        if (next.origin !== url.origin) {
          const { authorization: _, ...others } = headers;
          headers = others;
        }
        url = next;
      }
    },
    async close() {
      await (await opened)?.dispatcher.destroy();
    },
  };
}

function toAnswer(url: URL, answer: Dispatcher.ResponseData, signal: AbortSignal | undefined): HttpAnswer {
  const { statusCode: status, headers, body } = answer;
  // Dropping it ends it with an error that says nothing new.
  body.on("error", () => {});
  return {
    url,
    status,
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    async *chunks() {
      try {
        for await (const chunk of body) yield chunk as Buffer;
      } catch (error) {
        throw fromConnection(error, url, signal);
      }
    },
    drop: () => void body.destroy(),
  };
}

function basicAuthorization(url: URL): string {
  const plain = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(plain).toString("base64")}`;
}

function withoutCredentials(url: URL): URL {
  const plain = new URL(url);
  plain.username = "";
  plain.password = "";
  return plain;
}
