import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { listImages, showImage, verifyImages } from "../../src/index.ts";
import { idle, rawDisk, sha256Of, tree } from "../images.ts";
import { mebibyte, name, newImage, nowhere, pullingStore, sha256, storeOfTwo } from "./pulling.ts";
import { sendFile, startServer } from "./server.ts";

const now = new Date("2026-11-23T07:06:37.123Z");
const first = "sysinit-lima-minimal-20261123-070637.qcow2";

test("an image is pulled by URL and digest, and is like one that was installed", async () => {
  const content = newImage(3 * mebibyte);
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { directory, pull, events } = pullingStore();
  const url = `${server.origin}/images/nixos.qcow2`;
  const { image, ...result } = await pull({ url, sha256: sha256(content), now });

  expect(result).toEqual({ outcome: "installed", downloadedBytes: content.length });
  expect(image).toMatchObject({
    name,
    generation: 1,
    file: join(directory, first),
    sha256: sha256(content),
    latest: true,
  });
  expect(image.provenance).toEqual({ pulledFrom: { url } });
  expect(sha256Of(image.latestLink)).toBe(sha256(content));
  expect(statSync(image.file).mode & 0o777).toBe(0o644);
  expect(tree(directory)).toEqual(
    [
      ...idle,
      join(".image-store", "downloads"),
      first,
      `${first}.json`,
      "sysinit-lima-minimal-latest.qcow2",
    ].sort(),
  );
  expect(await verifyImages({ directory })).toEqual([{ image, ok: true, problems: [] }]);
  expect(events[0]).toMatchObject({ type: "found", url, sha256: sha256(content) });
  const downloads = events.filter((event) => event.type === "download");
  expect(downloads[0]).toMatchObject({ doneBytes: 0, totalBytes: content.length });
  expect(downloads.at(-1)).toMatchObject({ doneBytes: content.length, totalBytes: content.length });
  expect(events.at(-1)).toMatchObject({ type: "published", file: image.file });
});

test("what the store has is not downloaded: the latest one, an older generation, one of another name", async () => {
  const { directory, pull, older, newer } = await storeOfTwo();
  const url = nowhere;
  const latest = await pull({ url, sha256: `sha256:${sha256(newer).toUpperCase()}` });
  expect(latest).toMatchObject({ outcome: "unchanged", downloadedBytes: 0, image: { generation: 2 } });
  const again = await pull({ url, sha256: sha256(older) });
  expect(again).toMatchObject({
    outcome: "installed",
    downloadedBytes: 0,
    image: { generation: 3, latest: true },
  });
  const other = await pull({ url, sha256: sha256(older), name: "other" });
  expect(other).toMatchObject({
    outcome: "installed",
    downloadedBytes: 0,
    image: { name: "other", generation: 1 },
  });
  expect((await verifyImages({ directory })).map(({ ok }) => ok)).toEqual([true, true, true, true]);
});

test("an image of the store that was damaged is downloaded again", async () => {
  const content = newImage();
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { directory, pull } = pullingStore();
  const options = { url: `${server.origin}/a`, sha256: sha256(content) };
  const { image } = await pull(options);
  const damaged = Buffer.from(content);
  damaged[damaged.length - 1]! ^= 1;
  writeFileSync(image.file, damaged);
  expect(await pull(options)).toMatchObject({
    outcome: "installed",
    downloadedBytes: content.length,
    image: { generation: 2 },
  });
  expect((await showImage({ directory, name })).generation).toBe(2);
});

test("holes of a raw disk are not written", async () => {
  const content = rawDisk(32 * mebibyte);
  content.fill(1, 20 * mebibyte, 21 * mebibyte);
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { image } = await pullingStore().pull({ url: `${server.origin}/disk.raw`, sha256: sha256(content) });
  expect(image).toMatchObject({ format: "raw", bytes: content.length, virtualBytes: content.length });
  expect(image.allocatedBytes).toBeLessThan(3 * mebibyte);
  expect(sha256Of(image.file)).toBe(sha256(content));
});

test("a server that does not tell the size is read to its end", async () => {
  const content = newImage(2 * mebibyte);
  const server = await startServer((_, response) => {
    response.writeHead(200);
    response.write(content.subarray(0, 1000));
    response.end(content.subarray(1000));
  });
  const { events, pull } = pullingStore();
  await pull({ url: `${server.origin}/a`, sha256: sha256(content) });
  const downloads = events.filter((event) => event.type === "download");
  expect(downloads[0]).not.toHaveProperty("totalBytes");
  expect(downloads.at(-1)).toMatchObject({ doneBytes: content.length, totalBytes: content.length });
});

test("redirects are followed, and credentials of the address stay with its server", async () => {
  const content = newImage();
  const storage = await startServer((request, response) => sendFile(request, response, content));
  const front = await startServer((request, response) => {
    if (request.url === "/a") response.writeHead(302, { location: "/b" }).end();
    else response.writeHead(307, { location: `${storage.origin}/signed?signature=abc` }).end();
  });
  const url = `http://team:se%20cret@127.0.0.1:${front.port}/a`;
  const { events, pull, directory } = pullingStore();
  const { image } = await pull({ url, sha256: sha256(content) });
  const basic = `Basic ${Buffer.from("team:se cret").toString("base64")}`;
  expect(front.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ["/a", basic],
    ["/b", basic],
  ]);
  expect(storage.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ["/signed?signature=abc", undefined],
  ]);
  expect(image.provenance?.pulledFrom?.url).toBe(`http://127.0.0.1:${front.port}/a`);
  expect(JSON.stringify([events, await listImages({ directory })])).not.toMatch(/cret|signature=abc/);
});

test("the raw disk that is wanted beside a qcow2 image is made with the pull, or later without a download", async () => {
  const content = newImage();
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { directory, pull } = pullingStore();
  const options = { url: `${server.origin}/a`, sha256: sha256(content) };
  expect((await pull({ ...options, withRaw: true, name: "one" })).image.raw).toBeDefined();
  expect((await pull(options)).image.raw).toBeUndefined();
  const again = await pull({ ...options, withRaw: true });
  expect(again).toMatchObject({
    downloadedBytes: 0,
    image: { generation: 1, raw: { bytes: 16 * mebibyte } },
  });
  expect(server.requests).toHaveLength(1);
  expect((await verifyImages({ directory })).map(({ ok }) => ok)).toEqual([true, true]);
});

test("of two pulls of one image at once only one downloads", async () => {
  const content = newImage(2 * mebibyte);
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { directory, pull } = pullingStore();
  const options = { url: `${server.origin}/a`, sha256: sha256(content) };
  const results = await Promise.all([pull(options), pull(options), pull(options)]);
  expect(results.map(({ outcome }) => outcome).sort()).toEqual(["installed", "unchanged", "unchanged"]);
  expect(server.requests).toHaveLength(1);
  expect(await listImages({ directory })).toHaveLength(1);
});

test("two names for one image at once need one download", async () => {
  const content = newImage(2 * mebibyte);
  const server = await startServer((request, response) => sendFile(request, response, content));
  const { directory, pull } = pullingStore();
  const options = { url: `${server.origin}/a`, sha256: sha256(content) };
  await Promise.all([pull({ ...options, name: "one" }), pull({ ...options, name: "two" })]);
  expect(server.requests).toHaveLength(1);
  expect((await listImages({ directory })).map(({ name }) => name)).toEqual(["one", "two"]);
});

test.each([
  ["no URL at all", { url: "nixos.qcow2" }, "BAD_URL"],
  ["a scheme that is not known", { url: "ftp://host/a.qcow2" }, "BAD_URL"],
  ["an OCI reference without a tag", { url: "oci://registry.test/team/image" }, "BAD_URL"],
  ["a password that cannot be read", { url: "https://me:100%@registry.test/a.qcow2" }, "BAD_URL"],
  ["no digest", { url: "https://registry.test/a.qcow2" }, "BAD_DIGEST"],
  ["a digest that is none", { url: "https://registry.test/a.qcow2", sha256: "abc" }, "BAD_DIGEST"],
  ["a bad name", { url: "https://registry.test/a.qcow2", sha256: "0".repeat(64), name: "../x" }, "BAD_NAME"],
])("%s is refused, and nothing is written", async (_, options, code) => {
  const { directory, fail } = pullingStore();
  expect(await fail(options)).toMatchObject({ code, hint: expect.stringMatching(/\S/) as string });
  expect(() => statSync(directory)).toThrow("ENOENT");
});

test("a file where the latest link belongs is told before the download", async () => {
  const server = await startServer((_, response) => response.end("never asked for"));
  const { directory, fail, pull } = pullingStore();
  const content = newImage();
  const good = await startServer((request, response) => sendFile(request, response, content));
  const { image } = await pull({ url: `${good.origin}/a`, sha256: sha256(content) });
  rmSync(image.latestLink);
  writeFileSync(image.latestLink, "mine");
  expect(await fail({ url: `${server.origin}/a`, sha256: "0".repeat(64) })).toMatchObject({
    code: "LATEST_NOT_A_LINK",
  });
  expect(server.requests).toEqual([]);
  expect(await listImages({ directory })).toHaveLength(1);
});
