import { gzipSync } from "node:zlib";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { qcow2 } from "../images.ts";
import { mebibyte, newImage, pullingStore, sha256, downloadsIn } from "./pulling.ts";
import { sendFile, startServer, type Answer } from "./server.ts";

const content = newImage(2 * mebibyte);
const digest = sha256(content);

/** A pull that fails, and must leave neither an image nor a download that is of no use. */
async function pullFrom(answer: Answer, wanted = digest) {
  const server = await startServer(answer);
  const { directory, events, fail } = pullingStore();
  const url = `${server.origin}/nixos.qcow2`;
  const error = await fail({ url, sha256: wanted });
  expect(existsSync(join(directory, "sysinit-lima-minimal-latest.qcow2"))).toBe(false);
  return { error, server, url, events, downloads: downloadsIn(directory) };
}

test("another file than was asked for is never seen, and not kept", async () => {
  const other = newImage(2 * mebibyte);
  const { error, url, downloads } = await pullFrom((request, response) => sendFile(request, response, other));
  expect(error).toMatchObject({
    code: "DIGEST_MISMATCH",
    message: `${url} is another file than was asked for: its SHA-256 is ${sha256(other)}, not ${digest}`,
    details: { expected: digest, actual: sha256(other), bytes: other.length },
  });
  expect(downloads).toEqual([]);
});

test("a Content-Length that is too small ends in a wrong digest", async () => {
  const { error } = await pullFrom((_, response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.end(content.subarray(0, 1000));
  });
  expect(error).toMatchObject({ code: "DIGEST_MISMATCH", details: { bytes: 1000 } });
});

test("a Content-Length that is too large is found when the rest is asked for", async () => {
  const server = await startServer((request, response, turn) => {
    if (turn > 0) return sendFile(request, response, content);
    response.writeHead(200, { "content-length": content.length + 1000, etag: '"1"' });
    response.write(content, () => response.destroy());
  });
  const { pull, events } = pullingStore();
  const { downloadedBytes } = await pull({ url: `${server.origin}/a`, sha256: digest });
  expect(downloadedBytes).toBe(content.length);
  expect(server.requests.map(({ headers }) => headers.range)).toEqual([
    undefined,
    `bytes=${content.length}-`,
  ]);
  expect(events.filter((event) => event.type === "retry")).toHaveLength(1);
});

test("a server that falls silent is left after a time, and asked for the rest", async () => {
  const server = await startServer((request, response, turn) => {
    if (turn > 0) return sendFile(request, response, content);
    response.writeHead(200, { "content-length": content.length, etag: '"1"' });
    response.write(content.subarray(0, 1_200_000));
  });
  const { pull, events } = pullingStore();
  await pull({ url: `${server.origin}/a`, sha256: digest, silenceTimeoutMs: 1000 });
  expect(events).toContainEqual(
    expect.objectContaining({ type: "retry", reason: expect.stringContaining("it fell silent") as string }),
  );
  expect(server.requests[1]?.headers.range).toBe("bytes=1200000-");
});

test("a server that never answers is given up", async () => {
  const server = await startServer(() => {});
  const { fail } = pullingStore();
  const error = await fail({ url: `${server.origin}/a`, sha256: digest, silenceTimeoutMs: 1000, retries: 1 });
  expect(error).toMatchObject({
    code: "REMOTE_FAILED",
    message: `cannot download ${server.origin}/a: 127.0.0.1:${server.port}: it does not answer, at the last of 2 attempts`,
  });
});

test.each([408, 429, 500, 502, 503, 504])("status %i is tried again", async (status) => {
  const server = await startServer((request, response, turn) => {
    if (turn < 2) response.writeHead(status).end("busy");
    else sendFile(request, response, content);
  });
  const { pull, events } = pullingStore();
  expect(await pull({ url: `${server.origin}/a`, sha256: digest })).toMatchObject({ outcome: "installed" });
  expect(
    events.flatMap((event) => (event.type === "retry" ? [[event.attempt, event.retries, event.reason]] : [])),
  ).toEqual([
    [1, 5, `127.0.0.1:${server.port} answered ${status}`],
    [2, 5, `127.0.0.1:${server.port} answered ${status}`],
  ]);
});

test("Retry-After is obeyed, as seconds and as a date", async () => {
  const server = await startServer((request, response, turn) => {
    if (turn === 0) response.writeHead(429, { "retry-after": "1" }).end();
    else if (turn === 1) response.writeHead(503, { "retry-after": new Date().toUTCString() }).end();
    else sendFile(request, response, content);
  });
  const { pull, events } = pullingStore();
  await pull({ url: `${server.origin}/a`, sha256: digest, retryDelayMs: 20_000 });
  expect(events.flatMap((event) => (event.type === "retry" ? [event.delayMs] : []))).toEqual([1000, 0]);
});

test("a server that asks to wait for an hour is told, not waited for", async () => {
  const { error, server } = await pullFrom((_, response) =>
    response.writeHead(503, { "retry-after": "3600" }).end(),
  );
  expect(error).toMatchObject({
    code: "REMOTE_FAILED",
    message: expect.stringMatching(/answered 503, and the server asks to wait 3600 s$/) as string,
    details: { status: 503, retryAfterMs: 3_600_000 },
  });
  expect(server.requests).toHaveLength(1);
});

test.each([
  [401, "REMOTE_UNAUTHORIZED"],
  [403, "REMOTE_UNAUTHORIZED"],
  [404, "REMOTE_NOT_FOUND"],
  [410, "REMOTE_NOT_FOUND"],
  [400, "REMOTE_REFUSED"],
  [501, "REMOTE_REFUSED"],
  [204, "REMOTE_REFUSED"],
])("status %i is final: %s", async (status, code) => {
  const { error, server, url, downloads } = await pullFrom((_, response) => response.writeHead(status).end());
  expect(error).toMatchObject({
    code,
    message: expect.stringContaining(`cannot download ${url}: `) as string,
  });
  expect(error.details).toMatchObject({ status, url });
  expect(server.requests).toHaveLength(1);
  expect(downloads).toEqual([]);
});

test("redirects in a circle come to an end", async () => {
  const { error, server } = await pullFrom((_, response) =>
    response.writeHead(302, { location: "/again" }).end(),
  );
  expect(error).toMatchObject({ code: "REDIRECT_REFUSED", details: { hops: 10 } });
  expect(server.requests).toHaveLength(11);
});

test.each([
  ["to another protocol", "file:///etc/passwd", /leads to file:/],
  ["to no place", "http://", /names no place/],
])("a redirect %s is not followed", async (_, location, reason) => {
  const { error } = await pullFrom((_, response) => response.writeHead(302, { location }).end());
  expect(error).toMatchObject({ code: "REDIRECT_REFUSED", message: expect.stringMatching(reason) as string });
});

test("the page of a login is told as that, however it is sent", async () => {
  const page = Buffer.from(`\n<!DOCTYPE html><html><body>${"Please log in. ".repeat(200_000)}</body></html>`);
  const { error, downloads } = await pullFrom((_, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" }).end(page);
  });
  expect(error).toMatchObject({
    code: "NOT_AN_IMAGE",
    message: expect.stringContaining("the server sent a web page") as string,
    hint: expect.stringContaining("log in") as string,
  });
  expect(downloads).toEqual([]);
});

test("a packed image is not unpacked, by its name or by Content-Encoding: a bomb stays small", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * mebibyte));
  const file = await pullFrom((request, response) => sendFile(request, response, bomb), sha256(bomb));
  expect(file.error).toMatchObject({ code: "NOT_AN_IMAGE", details: { foundFormat: "gzip" } });
  expect(file.server.requests[0]?.headers["accept-encoding"]).toBe("identity");

  const encoded = await pullFrom((_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
  );
  expect(encoded.error).toMatchObject({
    code: "REMOTE_ANSWER_BAD",
    message: expect.stringContaining("it is packed (content-encoding: gzip)") as string,
  });
  expect(encoded.downloads).toEqual([]);
});

test("an unsafe image is refused though its digest is right, and is told by its address", async () => {
  const unsafe = qcow2([[8, 8, 112]]);
  const { error, url, downloads } = await pullFrom(
    (request, response) => sendFile(request, response, unsafe),
    sha256(unsafe),
  );
  expect(error).toMatchObject({
    code: "UNSAFE_IMAGE",
    message: expect.stringContaining(`the qcow2 image ${url} is refused`) as string,
  });
  expect(downloads).toEqual([]);
});

test("an empty file is no image", async () => {
  const { error, downloads } = await pullFrom(
    (_, response) => response.writeHead(200).end(),
    sha256(Buffer.alloc(0)),
  );
  expect(error).toMatchObject({ code: "NOT_AN_IMAGE" });
  expect(downloads).toEqual([]);
});

test("nothing that listens, and a host that does not exist", async () => {
  // A port that was free a moment ago.
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const { fail } = pullingStore();
  const url = `http://127.0.0.1:${port}/a`;
  expect(await fail({ url, sha256: digest, retries: 2 })).toMatchObject({
    code: "REMOTE_FAILED",
    message: `cannot download ${url}: 127.0.0.1:${port}: nothing listens there, at the last of 3 attempts`,
  });
  expect(await fail({ url: "http://does-not-exist.invalid/a", sha256: digest, retries: 0 })).toMatchObject({
    code: "REMOTE_FAILED",
    message: expect.stringMatching(/no host of that name|name service does not answer/) as string,
  });
});

test("a server that speaks no HTTP is told as that", async () => {
  const server = createServer((socket) => void socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.2\r\n"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { fail } = pullingStore();
  expect(await fail({ url: `http://127.0.0.1:${port}/a`, sha256: digest, retries: 0 })).toMatchObject({
    code: "REMOTE_FAILED",
    message: expect.stringContaining(`127.0.0.1:${port}`) as string,
  });
});
