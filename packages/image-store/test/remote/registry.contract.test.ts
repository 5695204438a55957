import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readmeExample, runExample } from "@sysinit-internal/testing";
import { describe, expect, test } from "vitest";

import { planPull, verifyImages } from "../../src/index.ts";
import { sha256Of } from "../images.ts";
import { startFront } from "./front.ts";
import { mebibyte, pullingStore } from "./pulling.ts";
import { provenance, pushingStore } from "./pushing.ts";
import { blobFile, registryProgram, startRegistry } from "./registry.ts";

describe.skipIf(registryProgram === undefined)("with the registry of the distribution project", () => {
  test("a team builds once: what one pushes, others pull, with its provenance", async () => {
    const { host } = await startRegistry();
    const { push, image, events } = await pushingStore(3 * mebibyte);
    const url = `oci://${host}/team/lima-minimal:2026-11`;
    const pushed = await push({ url });
    expect(pushed).toEqual({
      image,
      outcome: "pushed",
      manifestDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      url: `oci://${host}/team/lima-minimal@${pushed.manifestDigest}`,
      uploadedBytes: image.bytes,
    });
    expect(events.filter((event) => event.type === "upload").at(-1)).toMatchObject({
      doneBytes: image.bytes,
      totalBytes: image.bytes,
    });

    const other = pullingStore();
    const request = { directory: other.directory, name: "lima-minimal", url, env: {} };
    const planned = { url, sha256: image.sha256, bytes: image.bytes, manifestDigest: pushed.manifestDigest };
    expect(await planPull(request)).toEqual({ name: "lima-minimal", ...planned, outcome: "download" });
    expect(existsSync(other.directory)).toBe(false);

    const pulled = await other.pull({ url });
    expect(pulled).toMatchObject({
      outcome: "installed",
      downloadedBytes: image.bytes,
      manifestDigest: pushed.manifestDigest,
    });
    expect(sha256Of(pulled.image.file)).toBe(image.sha256);
    expect(pulled.image.provenance).toEqual({
      ...provenance,
      pulledFrom: { url, manifestDigest: pushed.manifestDigest },
    });
    expect((await verifyImages({ directory: other.directory })).map(({ ok }) => ok)).toEqual([true]);

    expect(await planPull(request)).toEqual({
      name: "lima-minimal",
      ...planned,
      outcome: "unchanged",
      image: pulled.image,
    });
    expect(await other.pull({ url: pushed.url })).toMatchObject({ outcome: "unchanged", downloadedBytes: 0 });
    expect(await other.pull({ url, sha256: image.sha256, name: "pinned" })).toMatchObject({
      downloadedBytes: 0,
    });
  });

  test("the README's example runs as it stands", async () => {
    const { host } = await startRegistry();
    const { home, image } = await pushingStore();
    const packageDirectory = join(import.meta.dirname, "../..");
    const code = readmeExample(join(packageDirectory, "README.md"), "Share images");
    const env = { LIMA_HOME: home, HOME: home, IMAGE_URL: `oci://${host}/team/lima-minimal:2026-11` };
    const run = await runExample({ packageDirectory, code, env });
    expect([run.exitCode, run.stderr]).toEqual([0, ""]);
    const lines = run.stdout.split("\n");
    expect(lines[0]).toMatch(/^pushed oci:\/\/127\.0\.0\.1:\d+\/team\/lima-minimal@sha256:[0-9a-f]{64}$/);
    // The store has it, so nothing is downloaded.
    expect(lines[1]).toMatch(/^installed 0 .*sysinit-team-minimal-\d{8}-\d{6}\.qcow2$/);
    expect(sha256Of(lines[1]!.replace("installed 0 ", ""))).toBe(image.sha256);
  });

  test("pushing again changes nothing, from another machine neither", async () => {
    const { host } = await startRegistry();
    const { push } = await pushingStore();
    const url = `oci://${host}/team/image:latest`;
    const { manifestDigest } = await push({ url });
    expect(await push({ url })).toMatchObject({ outcome: "unchanged", uploadedBytes: 0, manifestDigest });

    const other = await pushingStore();
    const pulled = await pullingStore(other.directory).pull({ url });
    expect(pulled.image.generation).toBe(2);
    expect(await other.push({ url })).toMatchObject({ outcome: "unchanged", manifestDigest });
    // Another tag, and another repository, need only what they do not have.
    expect(await push({ url: `oci://${host}/team/image:stable` })).toMatchObject({
      outcome: "pushed",
      uploadedBytes: 0,
    });
  });

  test("a tag that was moved leads to the new image; a digest does not, and a pinned SHA-256 refuses it", async () => {
    const { host } = await startRegistry();
    const { push, install, image: first } = await pushingStore();
    const url = `oci://${host}/team/image:latest`;
    const { url: pinned } = await push({ url });
    const second = await install(1000);
    await push({ url });
    const { pull, fail } = pullingStore();
    expect((await pull({ url })).image.sha256).toBe(second.sha256);
    expect((await pull({ url: pinned })).image).toMatchObject({ sha256: first.sha256, generation: 2 });
    expect(await fail({ url, sha256: first.sha256, name: "other" })).toMatchObject({
      code: "DIGEST_MISMATCH",
      details: { expected: first.sha256, actual: second.sha256 },
    });
    await push({ url: `oci://${host}/team/image:old`, generation: 1 });
    expect((await pull({ url: `oci://${host}/team/image:old`, name: "old" })).image.sha256).toBe(
      first.sha256,
    );
  });

  test("a large image is sent in chunks; what a proxy refused is sent again, and nothing twice", async () => {
    const registry = await startRegistry();
    const front = await startFront(registry, ({ method }, turn) =>
      method === "PATCH" && turn === 5 ? { answer: (response) => response.writeHead(503).end() } : undefined,
    );
    const { push, image } = await pushingStore(6 * mebibyte);
    const { uploadedBytes } = await push({
      url: `oci://${front.host}/team/image:1`,
      chunkBytes: 2 * mebibyte,
    });
    expect(uploadedBytes).toBe(image.bytes);
    expect(sha256Of(blobFile(registry.storage, image.sha256))).toBe(image.sha256);
    const asked = front.requests.map(({ method, path, headers }) =>
      [method, path.split(/[/?]/)[4], headers["content-range"]].filter(Boolean).join(" "),
    );
    expect(asked.slice(0, asked.indexOf("PUT blobs") + 1)).toEqual([
      "GET manifests",
      "HEAD blobs",
      "POST blobs",
      "PATCH blobs 0-2097151",
      "PATCH blobs 2097152-4194303",
      "PATCH blobs 4194304-6291455",
      "GET blobs",
      "PATCH blobs 4194304-6291455",
      `PATCH blobs 6291456-${image.bytes - 1}`,
      "PUT blobs",
    ]);
  });

  test("this registry forgets an upload whose chunk was cut: it begins again", async () => {
    const registry = await startRegistry();
    const front = await startFront(registry, ({ method }, turn) =>
      method === "PATCH" && turn === 4 ? { cutRequestAt: 700_000 } : undefined,
    );
    const { push, image } = await pushingStore(4 * mebibyte);
    await push({ url: `oci://${front.host}/team/image:1`, chunkBytes: 2 * mebibyte });
    expect(front.requests.filter(({ method }) => method === "POST")).toHaveLength(3);
    expect(sha256Of(blobFile(registry.storage, image.sha256))).toBe(image.sha256);
  });

  test.each([404, 416])(
    "a registry that answers %i in the middle gets the image from the beginning",
    async (status) => {
      const registry = await startRegistry();
      const front = await startFront(registry, ({ method }, turn) =>
        method === "PATCH" && turn === 4
          ? { answer: (response) => response.writeHead(status).end() }
          : undefined,
      );
      const { push, image, events } = await pushingStore(3 * mebibyte);
      await push({ url: `oci://${front.host}/team/image:1`, chunkBytes: mebibyte });
      expect(sha256Of(blobFile(registry.storage, image.sha256))).toBe(image.sha256);
      expect(events.flatMap((event) => (event.type === "retry" ? [event.reason] : []))).toEqual([
        `${front.host} has lost the upload (${status})`,
      ]);
    },
  );

  test.each([404, 405, 416])(
    "a registry that answers a chunk with %i gets the image as a whole",
    async (status) => {
      const registry = await startRegistry();
      const front = await startFront(registry, ({ method }) =>
        method === "PATCH" ? { answer: (response) => response.writeHead(status).end() } : undefined,
      );
      const { push, image } = await pushingStore(3 * mebibyte);
      const { uploadedBytes } = await push({ url: `oci://${front.host}/team/image:1`, chunkBytes: mebibyte });
      expect(uploadedBytes).toBe(image.bytes);
      expect(sha256Of(blobFile(registry.storage, image.sha256))).toBe(image.sha256);
    },
  );

  test("a whole upload that was cut is sent again", async () => {
    const registry = await startRegistry();
    const front = await startFront(registry, ({ method }, turn) =>
      method === "PUT" && turn === 3 ? { cutRequestAt: 100_000 } : undefined,
    );
    const { push, image } = await pushingStore(3 * mebibyte);
    await push({ url: `oci://${front.host}/team/image:1` });
    expect(sha256Of(blobFile(registry.storage, image.sha256))).toBe(image.sha256);
  });

  test("a download from a registry that was cut goes on where it ended", async () => {
    const registry = await startRegistry();
    const { push, image } = await pushingStore(6 * mebibyte);
    await push({ url: `oci://${registry.host}/team/image:1` });
    const front = await startFront(registry, ({ method, url, headers }) =>
      method === "GET" && url?.includes(image.sha256) && headers.range === undefined
        ? { cutAnswerAt: 3 * mebibyte }
        : undefined,
    );
    const { pull, events } = pullingStore();
    const { downloadedBytes } = await pull({ url: `oci://${front.host}/team/image:1` });
    expect(downloadedBytes).toBe(image.bytes);
    expect(front.requests.at(-1)?.headers.range).toMatch(/^bytes=\d{7}-$/);
    expect(events.filter((event) => event.type === "restart")).toEqual([]);
  });

  test("an image that the registry's disk has spoiled is not seen, and one that it has lost is told", async () => {
    const { host, storage } = await startRegistry();
    const { push, image } = await pushingStore();
    const url = `oci://${host}/team/image:1`;
    await push({ url });
    const file = blobFile(storage, image.sha256);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    const { fail, downloads } = pullingStore();
    expect(await fail({ url })).toMatchObject({
      code: "DIGEST_MISMATCH",
      details: { expected: image.sha256 },
    });
    expect(downloads()).toEqual([]);

    rmSync(file);
    expect(await fail({ url })).toMatchObject({
      code: "REMOTE_NOT_FOUND",
      message: expect.stringContaining("BLOB_UNKNOWN") as string,
    });
  });

  test("a manifest that is changed on the way is refused, by tag and by digest", async () => {
    const registry = await startRegistry();
    const { push } = await pushingStore();
    const { url } = await push({ url: `oci://${registry.host}/team/image:1` });
    const front = await startFront(registry, ({ url: path }) =>
      path?.includes("/manifests/")
        ? { change: (body) => Buffer.concat([body, Buffer.from("\n")]) }
        : undefined,
    );
    const { fail } = pullingStore();
    for (const address of [`oci://${front.host}/team/image:1`, url.replace(registry.host, front.host)])
      expect(await fail({ url: address })).toMatchObject({ code: "DIGEST_MISMATCH" });
  });

  test("what is not there is told with what the registry says", async () => {
    const { host } = await startRegistry();
    const { fail } = pullingStore();
    expect(await fail({ url: `oci://${host}/team/none:1` })).toMatchObject({
      code: "REMOTE_NOT_FOUND",
      message: `cannot find ${host}/team/none:1: ${host} answered 404 (MANIFEST_UNKNOWN: manifest unknown)`,
    });
  });

  test("an image that is no longer what was stored is not pushed, and nothing of it is sent", async () => {
    const registry = await startRegistry();
    const front = await startFront(registry);
    const { push, image } = await pushingStore();
    const bytes = readFileSync(image.file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(image.file, bytes);
    await expect(push({ url: `oci://${front.host}/team/image:1` })).rejects.toMatchObject({
      code: "IMAGE_DAMAGED",
    });
    expect(front.requests.map(({ method }) => method)).toEqual(["GET", "HEAD"]);
  });

  test.each([
    ["a digest", (host: string) => `oci://${host}/team/image@sha256:${"0".repeat(64)}`],
    ["a web address", (host: string) => `http://${host}/image.qcow2`],
  ])("to %s nothing is pushed", async (_, url) => {
    const { push } = await pushingStore();
    await expect(push({ url: url("127.0.0.1:9") })).rejects.toMatchObject({ code: "BAD_URL" });
  });
});
