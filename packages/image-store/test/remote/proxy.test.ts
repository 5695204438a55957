import { createServer, request as ask } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { expect, test } from "vitest";

import { newImage, pullingStore, sha256 } from "./pulling.ts";
import { listen, sendFile, startServer } from "./server.ts";

const content = newImage();
const digest = sha256(content);

/** An HTTP proxy that knows one host, `images.test`, wherever it is. */
async function startProxy(targetPort: number) {
  const seen: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers["proxy-authorization"]);
    const { pathname } = new URL(request.url!);
    const onward = ask({ host: "127.0.0.1", port: targetPort, path: pathname, headers: request.headers });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  });
  server.on("connect", (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    const onward = connect(targetPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).on("error", () => {});
      socket.pipe(onward).on("error", () => {});
    });
  });
  const { origin } = await listen(server);
  return { origin, port: (server.address() as AddressInfo).port, seen, authorizations };
}

test.each(["http_proxy", "HTTP_PROXY"])(
  "plain http goes through %s, as a request and not as a tunnel",
  async (variable) => {
    const server = await startServer((request, response) => sendFile(request, response, content));
    const proxy = await startProxy(server.port);
    const { pull } = pullingStore();
    const { image } = await pull({
      url: "http://images.test/a.qcow2",
      sha256: digest,
      env: { [variable]: proxy.origin },
    });
    expect(image.sha256).toBe(digest);
    expect(proxy.seen).toEqual(["GET http://images.test/a.qcow2"]);
  },
);

test("https goes through https_proxy, as a tunnel", async () => {
  const server = await startServer(() => {});
  const proxy = await startProxy(server.port);
  const { fail } = pullingStore();
  const env = { https_proxy: proxy.origin };
  // There is only http behind the proxy.
  const error = await fail({ url: "https://images.test/a.qcow2", sha256: digest, env, retries: 0 });
  expect(error.code).toBe("REMOTE_FAILED");
  expect(proxy.seen).toEqual(["CONNECT images.test:443"]);
});

test("a user and a password of the proxy are sent to it, and not shown", async () => {
  const server = await startServer((request, response) => sendFile(request, response, content));
  const proxy = await startProxy(server.port);
  const { pull, events } = pullingStore();
  const env = { http_proxy: `http://me:se%3Acret@127.0.0.1:${proxy.port}` };
  await pull({ url: "http://images.test/a.qcow2", sha256: digest, env });
  expect(proxy.authorizations).toEqual([`Basic ${Buffer.from("me:se:cret").toString("base64")}`]);
  expect(JSON.stringify(events)).not.toContain("cret");
});

test("no_proxy, and this machine, are reached without the proxy", async () => {
  const server = await startServer((request, response) => sendFile(request, response, content));
  const proxy = await startProxy(server.port);
  const { pull, fail } = pullingStore();
  await pull({ url: `${server.origin}/a`, sha256: digest, env: { http_proxy: proxy.origin } });
  const env = { http_proxy: proxy.origin, no_proxy: ".test,other.invalid" };
  await fail({ url: "http://images.test/a.qcow2", sha256: "0".repeat(64), env, retries: 0 });
  expect(proxy.seen).toEqual([]);
});

test.each(["http", "https"])("a proxy that wants a password for %s is told as that", async (scheme) => {
  const server = createServer((_, response) => response.writeHead(407).end());
  server.on("connect", (_, socket) => socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
  const { origin } = await listen(server);
  const { fail } = pullingStore();
  const env = { http_proxy: origin, https_proxy: origin };
  expect(await fail({ url: `${scheme}://images.test/a.qcow2`, sha256: digest, env })).toMatchObject({
    code: "REMOTE_FAILED",
    message: "cannot reach images.test: the proxy wants a user and a password (407)",
    hint: expect.stringContaining("USER:PASSWORD@") as string,
  });
});

test("a proxy that falls silent is given up like a server", async () => {
  const proxy = await startServer(() => {});
  const { fail } = pullingStore();
  const options = { env: { http_proxy: proxy.origin }, silenceTimeoutMs: 1000, retries: 0 };
  expect(await fail({ url: "http://images.test/a.qcow2", sha256: digest, ...options })).toMatchObject({
    code: "REMOTE_FAILED",
    message: expect.stringContaining("images.test: it does not answer") as string,
  });
});
