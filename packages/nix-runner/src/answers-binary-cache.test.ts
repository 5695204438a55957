import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";

import { answersBinaryCache } from "./answers-binary-cache.ts";

/** A server on a free port that is gone after the test. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (url: string, more: Parameters<typeof answersBinaryCache>[0] = {}) =>
  answersBinaryCache({ url, env: {}, ...more });

test("a binary cache answers", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.end("StoreDir: /nix/store\nWantMassQuery: 1\n");
  });
  expect(await ask(url)).toBe(true);
  expect(await ask(`${url}/cache/`)).toBe(true);
  expect(asked).toEqual(["/nix-cache-info", "/cache/nix-cache-info"]);
});

test("something else answers: a login page, an error", async () => {
  expect(await ask(await serve((_, response) => response.end("<html>Log in</html>")))).toBe(false);
  const failing = await serve((_, response) => response.writeHead(500).end("StoreDir: /nix/store\n"));
  expect(await ask(failing)).toBe(false);
});

test("nobody answers, in time or at all, or nobody may be asked", async () => {
  expect(await ask(await serve(() => {}), { timeoutMs: 50 })).toBe(false);
  expect(await ask("http://127.0.0.1:1")).toBe(false);
  expect(await ask("no url")).toBe(false);
  expect(await ask(await serve(() => {}), { signal: AbortSignal.abort() })).toBe(false);
  expect(await ask("https://127.0.0.1:1", { env: { NIX_SSL_CERT_FILE: "/nonexistent" } })).toBe(false);
});

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const knowsProxies = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);

test.skipIf(!knowsProxies)("the proxy of the environment is asked", async () => {
  const asked: (string | undefined)[] = [];
  const proxy = await serve((request, response) => {
    asked.push(request.url);
    response.end("StoreDir: /nix/store\n");
  });
  expect(await ask("http://cache.example", { env: { http_proxy: proxy } })).toBe(true);
  expect(asked).toEqual(["http://cache.example/nix-cache-info"]);
});
