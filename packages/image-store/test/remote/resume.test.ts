import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { listImages, verifyImages } from "../../src/index.ts";
import { pullSteps } from "../../src/remote/pull-steps.ts";
import { sha256Of } from "../images.ts";
import { killHard, startUntilFirstLine } from "../program.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { mebibyte, name, newImage, pullingStore, sha256 } from "./pulling.ts";
import { pullCommand } from "./programs.ts";
import { sendFile, startServer, trickle, type Answer } from "./server.ts";

const content = newImage(6 * mebibyte);
const digest = sha256(content);
const downloads = (directory: string) => join(directory, ".image-store/downloads");
const partOf = (directory: string) => join(downloads(directory), `${digest}.part`);

/** A store with the first MiB or more of the image, as an abort left it. */
async function interrupted() {
  const store = pullingStore();
  const server = await startServer((_, response) => trickle(response, content, { etag: '"1"' }));
  const abort = new AbortController();
  const error = await store.fail({
    url: `${server.origin}/a`,
    sha256: digest,
    signal: abort.signal,
    onEvent: (event) => event.type === "download" && event.doneBytes > mebibyte && abort.abort(),
  });
  expect(error).toMatchObject({ code: "ABORTED" });
  const keptBytes = statSync(partOf(store.directory)).size;
  expect(keptBytes).toBeGreaterThan(mebibyte);
  store.events.length = 0;
  return { ...store, keptBytes };
}

const restarts = (events: readonly { type: string; reason?: string }[]) =>
  events.flatMap(({ type, reason }) => (type === "restart" ? [reason] : []));

test("a connection that is cut again and again costs nothing twice", async () => {
  const server = await startServer((request, response, turn) =>
    sendFile(request, response, content, { cutAt: turn < 3 ? 1_500_000 : undefined }),
  );
  const { events, pull, downloads } = pullingStore();
  // Each attempt brought enough to have its retries again: one would not do for three cuts.
  const { image, downloadedBytes } = await pull({ url: `${server.origin}/a`, sha256: digest, retries: 1 });
  expect(sha256Of(image.file)).toBe(digest);
  expect(downloadedBytes).toBe(content.length);
  const starts = server.requests.map(({ headers }) =>
    Number(headers.range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0),
  );
  expect(starts).toHaveLength(4);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(starts[1]).toBeGreaterThan(mebibyte);
  expect(server.requests.map(({ headers }) => headers["if-range"])).toEqual([undefined, '"1"', '"1"', '"1"']);
  const retries = events.filter((event) => event.type === "retry");
  expect(retries.map(({ attempt, reason }) => [attempt, reason])).toEqual(
    [1, 1, 1].map((attempt) => [attempt, expect.stringMatching(/127\.0\.0\.1:\d+: the connection was cut/)]),
  );
  expect(restarts(events)).toEqual([]);
  expect(downloads()).toEqual([]);
});

test("cuts without progress come to an end", async () => {
  const server = await startServer((request, response) =>
    sendFile(request, response, content, { cutAt: 1000 }),
  );
  const { fail } = pullingStore();
  const error = await fail({ url: `${server.origin}/a`, sha256: digest, retries: 3 });
  expect(error).toMatchObject({
    code: "REMOTE_FAILED",
    hint: expect.stringContaining("what has come so far is kept") as string,
    details: { attempts: 4, errno: "UND_ERR_SOCKET" },
  });
  expect(server.requests).toHaveLength(4);
});

test("kill -9 in the download costs at most what was not written yet, and the next pull goes on from there", async () => {
  const directory = join(temporaryDirectory(), "_images");
  const server = await startServer((request, response) => sendFile(request, response, content));
  const options = { directory, name, url: `${server.origin}/a`, sha256: digest };
  const { child, line } = await startUntilFirstLine(pullCommand({ ...options, stopAtBytes: 4 * mebibyte }));
  expect(line).toBe("stopped");
  await killHard(child);
  const kept = statSync(partOf(directory)).size;
  expect(kept).toBeGreaterThanOrEqual(3 * mebibyte);

  const { pull, events, downloads } = pullingStore(directory);
  const { image, downloadedBytes } = await pull(options);
  expect(sha256Of(image.file)).toBe(digest);
  expect(downloadedBytes).toBe(content.length - kept);
  expect(server.requests.at(-1)?.headers.range).toBe(`bytes=${kept}-`);
  expect(events.find((event) => event.type === "download")).toMatchObject({ doneBytes: kept });
  expect(downloads()).toEqual([]);
});

test("kill -9 after the last byte leaves only the publishing to do", async () => {
  const directory = join(temporaryDirectory(), "_images");
  const server = await startServer((request, response) => sendFile(request, response, content));
  const options = { directory, name, url: `${server.origin}/a`, sha256: digest };
  const { child } = await startUntilFirstLine(pullCommand({ ...options, stopAtBytes: content.length }));
  await killHard(child);
  // What was gathered for the last write is lost with the process.
  writeFileSync(partOf(directory), content);
  const { image, downloadedBytes } = await pullingStore(directory).pull(options);
  expect([sha256Of(image.file), downloadedBytes]).toEqual([digest, 0]);
  expect(server.requests).toHaveLength(1);
});

test.each(pullSteps)(
  "kill -9 when the image is %s leaves nothing that is seen, or a whole image",
  async (step) => {
    const directory = join(temporaryDirectory(), "_images");
    const server = await startServer((request, response) => sendFile(request, response, content));
    const options = { directory, name, url: `${server.origin}/a`, sha256: digest };
    const { child, line } = await startUntilFirstLine(pullCommand({ ...options, stopAtStep: step }));
    expect(line).toBe("stopped");
    await killHard(child);
    const seen = await listImages({ directory });
    expect(seen.map(({ latest }) => latest)).toEqual(
      { downloaded: [], taken: [], linked: [], recorded: [false] }[step as string] ?? [true],
    );
    expect((await verifyImages({ directory, name })).flatMap(({ ok }) => (ok ? [] : [ok]))).toEqual(
      step === "recorded" ? [false] : [],
    );

    const { pull, downloads } = pullingStore(directory);
    const { image, downloadedBytes } = await pull(options);
    expect(image).toMatchObject({ generation: 1, latest: true, sha256: digest });
    // Only a kill in the moment between taking and recording costs the download.
    expect(downloadedBytes).toBe(step === "taken" || step === "linked" ? content.length : 0);
    expect((await verifyImages({ directory })).map(({ ok }) => ok)).toEqual([true]);
    // What may be left of the killed process goes with the next download.
    const other = newImage();
    const good = await startServer((request, response) => sendFile(request, response, other));
    await pull({ url: `${good.origin}/a`, sha256: sha256(other), name: "other" });
    expect([downloads(), readdirSync(join(directory, ".image-store/tmp"))]).toEqual([[], []]);
  },
);

test("an abort ends the download at once, and the next pull goes on from there", async () => {
  const { pull, keptBytes, events } = await interrupted();
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { image, downloadedBytes } = await pull({ url: `${server.origin}/a`, sha256: digest });
  expect([sha256Of(image.file), downloadedBytes]).toEqual([digest, content.length - keptBytes]);
  expect(events.find((event) => event.type === "download")).toMatchObject({ doneBytes: keptBytes });
});

test.each<[string, Answer, RegExp]>([
  [
    "cannot go on",
    (_, response) => response.writeHead(200, { "content-length": content.length }).end(content),
    /cannot go on, or the file has changed/,
  ],
  [
    "has the file under another ETag",
    (request, response) => sendFile(request, response, content, { etag: '"2"' }),
    /cannot go on, or the file has changed/,
  ],
  [
    "sends another range than was asked for",
    (request, response) => {
      if (request.headers.range === undefined) return sendFile(request, response, content);
      response.writeHead(206, { "content-range": `bytes 0-99/${content.length}`, "content-length": 100 });
      response.end(content.subarray(0, 100));
    },
    /sent "bytes 0-99\/\d+" when it was asked for the bytes from \d+ on/,
  ],
  [
    "says 206 without a range",
    (request, response) => {
      if (request.headers.range === undefined) return sendFile(request, response, content);
      response.writeHead(206).end(content);
    },
    /sent "no range"/,
  ],
  [
    "has a file of another size now",
    (request, response) => {
      if (request.headers.range === undefined) return sendFile(request, response, content);
      const start = Number(request.headers.range.slice("bytes=".length, -1));
      const range = `bytes ${start}-${start + 9}/${start + 10}`;
      response.writeHead(206, { "content-range": range, "content-length": 10 }).end(Buffer.alloc(10));
    },
    /has \d+ bytes now, \d+ before/,
  ],
  [
    "has less than what is here",
    (request, response) => {
      if (request.headers.range === undefined) return sendFile(request, response, content);
      response.writeHead(416, { "content-range": "bytes */1000" }).end();
    },
    /has 1000 bytes that are here already/,
  ],
])("where the server %s, the download begins again, once and told by an event", async (_, answer, reason) => {
  const { directory, pull, events, downloads, keptBytes } = await interrupted();
  const server = await startServer(answer);
  // The same address as before: the validator counts.
  const record = `${partOf(directory).slice(0, -".part".length)}.json`;
  writeFileSync(record, readFileSync(record, "utf8").replace(/"url":"[^"]*"/, `"url":"${server.origin}/a"`));
  const { image, downloadedBytes } = await pull({ url: `${server.origin}/a`, sha256: digest });
  expect(sha256Of(image.file)).toBe(digest);
  expect(restarts(events)).toEqual([expect.stringMatching(reason)]);
  expect(server.requests[0]?.headers).toMatchObject({ range: `bytes=${keptBytes}-`, "if-range": '"1"' });
  expect(downloadedBytes).toBe(content.length);
  expect(downloads()).toEqual([]);
});

test("another server may go on with what the first one sent; its ETag says nothing there", async () => {
  const { pull, events, keptBytes } = await interrupted();
  const mirror = await startServer((request, response) =>
    sendFile(request, response, content, { etag: '"mirror"' }),
  );
  const { downloadedBytes } = await pull({ url: `${mirror.origin}/a`, sha256: digest });
  expect(downloadedBytes).toBe(content.length - keptBytes);
  expect(mirror.requests[0]?.headers).toMatchObject({ range: `bytes=${keptBytes}-` });
  expect(mirror.requests[0]?.headers).not.toHaveProperty("if-range");
  expect(restarts(events)).toEqual([]);
});

test("a weak ETag is no reason to trust: Last-Modified is asked for, and the digest has the last word", async () => {
  const modified = "Mon, 23 Nov 2026 07:06:37 GMT";
  const server = await startServer((request, response, turn) => {
    response.setHeader("last-modified", modified);
    if (turn === 0) sendFile(request, response, content, { etag: 'W/"1"', cutAt: 2_000_000 });
    else {
      const start = Number(request.headers.range!.slice("bytes=".length, -1));
      response.writeHead(206, { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` });
      response.end(content.subarray(start));
    }
  });
  await pullingStore().pull({ url: `${server.origin}/a`, sha256: digest });
  expect(server.requests[1]?.headers["if-range"]).toBe(modified);
});

test("pieces of two files are found by the digest, and the download begins again", async () => {
  const { directory, pull, events, keptBytes } = await interrupted();
  const bytes = readFileSync(partOf(directory));
  bytes[mebibyte]! ^= 1;
  writeFileSync(partOf(directory), bytes);
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { image } = await pull({ url: `${server.origin}/a`, sha256: digest });
  expect(sha256Of(image.file)).toBe(digest);
  expect(restarts(events)).toEqual(["what was put together has another SHA-256"]);
  expect(server.requests.map(({ headers }) => headers.range)).toEqual([`bytes=${keptBytes}-`, undefined]);
});

test("a part that is longer than the file, or whose record is damaged, is no obstacle", async () => {
  const { directory, pull } = await interrupted();
  truncateSync(partOf(directory), content.length + 5);
  writeFileSync(join(downloads(directory), `${digest}.json`), "{");
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { image } = await pull({ url: `${server.origin}/a`, sha256: digest });
  expect(sha256Of(image.file)).toBe(digest);
});

test("downloads that nobody has gone on with for a week are removed, younger ones and files of others are not", async () => {
  const { directory, pull } = await interrupted();
  const week = 7 * 24 * 3600;
  const other = (digit: string) => join(downloads(directory), `${digit.repeat(64)}.part`);
  const mine = join(downloads(directory), "notes.part");
  for (const path of [other("1"), other("2"), mine]) writeFileSync(path, "x");
  const seconds = Date.now() / 1000;
  utimesSync(other("1"), seconds, seconds - week - 60);
  utimesSync(mine, seconds, seconds - week - 60);
  utimesSync(other("2"), seconds, seconds - week + 3600);
  const server = await startServer((request, response) => sendFile(request, response, content));
  await pull({ url: `${server.origin}/a`, sha256: digest });
  expect(() => statSync(other("1"))).toThrow("ENOENT");
  expect([statSync(other("2")).size, statSync(mine).size]).toEqual([1, 1]);
});

test("links that were planted where downloads belong lead nowhere", async () => {
  const server = await startServer((request, response) => sendFile(request, response, content));
  const options = { url: `${server.origin}/a`, sha256: digest };
  const home = temporaryDirectory();
  const mine = join(home, "mine");
  writeFileSync(mine, "mine");

  const { directory, fail } = pullingStore(join(home, "_images"));
  mkdirSync(downloads(directory), { recursive: true });
  symlinkSync(mine, partOf(directory));
  expect(await fail(options)).toMatchObject({ code: "IO_FAILED" });
  rmSync(downloads(directory), { recursive: true });
  symlinkSync(home, downloads(directory));
  expect(await fail(options)).toMatchObject({ code: "DIRECTORY_UNSAFE" });
  expect(readFileSync(mine, "utf8")).toBe("mine");
  expect(readdirSync(home).sort()).toEqual(["_images", "mine"]);
});
