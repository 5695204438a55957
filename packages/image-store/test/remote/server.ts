import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
}

export interface TestServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  port: number;
  /** All requests that have come, in order. */
  requests: SeenRequest[];
}

/** Answers one request; `turn` counts from 0. */
export type Answer = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

/** A real server on this machine, which is gone after the test. */
export async function startServer(answer: Answer): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    response.on("error", () => {});
    const { method = "", url: path = "", headers } = request;
    answer(request, response, requests.push({ method, path, headers }) - 1);
  });
  return { ...(await listen(server)), requests };
}

export async function listen(server: Server): Promise<{ origin: string; port: number }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port };
}

/**
 * Serves content as a good server does, with ranges and a strong ETag. `cutAt` ends the connection after so many bytes; of
 * what came last before a cut, a client may lose some.
 */
export function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  content: Buffer,
  { etag = '"1"', cutAt }: { etag?: string | undefined; cutAt?: number | undefined } = {},
): void {
  const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
  const ifRange = request.headers["if-range"];
  const start = first !== undefined && (ifRange === undefined || ifRange === etag) ? Number(first) : 0;
  const partial = start > 0;
  if (start >= content.length) {
    response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
    return;
  }
  response.writeHead(partial ? 206 : 200, {
    "content-type": "application/octet-stream",
    "content-length": content.length - start,
    etag,
    "accept-ranges": "bytes",
    ...(partial ? { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
  });
  if (cutAt === undefined) response.end(content.subarray(start));
  else
    response.write(
      content.subarray(start, start + cutAt),
      () => void setTimeout(() => response.destroy(), 50),
    );
}

/** Serves content without end, in small pieces. */
export function trickle(
  response: ServerResponse,
  content: Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { "content-length": content.length, ...headers });
  let sent = 0;
  const timer = setInterval(() => {
    response.write(content.subarray(sent, (sent += 256 * 1024)));
    if (sent >= content.length) clearInterval(timer);
  }, 20);
  response.on("close", () => clearInterval(timer));
}
