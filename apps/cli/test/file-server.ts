import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

export interface FileServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** How many requests have come. */
  readonly requests: number;
}

/** A web server on this machine that has one file under every path; gone after the test. */
export async function startFileServer(content: Buffer): Promise<FileServer> {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.writeHead(200, { "content-length": content.length, etag: '"1"' }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
  };
}
