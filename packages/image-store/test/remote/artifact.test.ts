import { createHash } from "node:crypto";
import { expect, test } from "vitest";

import { chooseLayer } from "../../src/remote/artifact/choose-layer.ts";
import { choosePlatform } from "../../src/remote/artifact/choose-platform.ts";
import { newImage, pullingStore, sha256 } from "./pulling.ts";
import { startServer } from "./server.ts";

// As `oras manifest fetch` showed them: what oras 1.3.6 pushed with `oras push`, with and without types, and as an index.
const empty = {
  mediaType: "application/vnd.oci.empty.v1+json",
  digest: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
  size: 2,
  data: "e30=",
};
const image = {
  mediaType: "application/vnd.oci.image.layer.v1.tar",
  digest: "sha256:1c5b6ebcfa3bf4698bc10be1d627b31e5fbbe503e2f7d1577e5622755f8856ae",
  size: 209977344,
  annotations: { "org.opencontainers.image.title": "nixos.qcow2" },
};
const readme = {
  mediaType: "text/markdown",
  digest: "sha256:00d75b5176b48ccc71d91bcc1d7b90fc2820429b1629b77fd1d5f4c5dcee4f6d",
  size: 7,
  annotations: { "org.opencontainers.image.title": "README.md" },
};
const folder = {
  mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
  digest: "sha256:08851acb1b20361c5fcdfb34ca9b728899950b32f37cb649b929d2ead6a82885",
  size: 141,
  annotations: { "io.deis.oras.content.unpack": "true", "org.opencontainers.image.title": "d" },
};
const manifest = (layers: (typeof image | typeof readme | typeof folder)[]) => ({
  schemaVersion: 2 as const,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  artifactType: "application/vnd.unknown.artifact.v1",
  config: empty,
  layers,
});
const untitled = { ...image, digest: `sha256:${"1".repeat(64)}`, annotations: {} };

test.each([
  ["the only file", [image], undefined],
  ["the only one that is named like an image", [readme, image], undefined],
  [
    "the one that is said to be an image",
    [readme, { ...untitled, mediaType: "application/x-qemu-disk" }],
    undefined,
  ],
  ["the file that was asked for", [image, { ...readme, digest: `sha256:${"1".repeat(64)}` }], "README.md"],
  ["a file beside a packed folder", [folder, untitled], undefined],
])("%s of an artifact is taken", (_, layers, file) => {
  const found = chooseLayer(manifest(layers as (typeof image)[]), "r.test/a", file);
  expect([image.digest, `sha256:${"1".repeat(64)}`]).toContain(found.digest);
  if (file !== undefined) expect(found.title).toBe(file);
});

test.each([
  ["no files", [], undefined, /it has no files/],
  ["a packed folder", [folder], undefined, /a container image or a packed folder/],
  ["two images", [image, { ...image, digest: untitled.digest }], undefined, /which is meant cannot be told/],
  ["files that could all be it", [readme, { ...readme }], undefined, /it has 2 files/],
  ["not the file that was asked for", [image], "other.qcow2", /it has no file "other.qcow2"/],
  [
    "a digest that is no SHA-256",
    [{ ...image, digest: `sha512:${"0".repeat(128)}` }],
    undefined,
    /is no SHA-256/,
  ],
])("an artifact with %s is refused with what it has", (_, layers, file, reason) => {
  const choose = () => chooseLayer(manifest(layers as (typeof image)[]), "r.test/a", file);
  expect(choose).toThrow(expect.objectContaining({ code: "ARTIFACT_UNUSABLE" }) as Error);
  expect(choose).toThrow(reason);
});

test("titles of a stranger cannot steer a terminal or fill it", () => {
  const titled = (title: string) => ({ ...readme, annotations: { "org.opencontainers.image.title": title } });
  const layers = Array.from({ length: 1000 }, () => titled(`\u001b[2J${"x".repeat(10_000)}`));
  const choose = () => chooseLayer(manifest(layers), "r.test/a", undefined);
  let error: unknown;
  try {
    choose();
  } catch (reason) {
    error = reason;
  }
  const text = JSON.stringify(error);
  expect(text).not.toContain("u001b");
  expect(text.length).toBeLessThan(6000);
});

const entry = (digit: string, architecture?: string) => ({
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  digest: `sha256:${digit.repeat(64)}`,
  size: 1,
  ...(architecture === undefined ? {} : { platform: { architecture, os: "linux" } }),
});

test("of an index the image for the architecture is taken, by the names of Nix and Lima", () => {
  const index = { schemaVersion: 2 as const, manifests: [entry("1", "amd64"), entry("2", "arm64")] };
  expect(choosePlatform(index, "r.test/a", "x86_64")).toBe(entry("1").digest);
  expect(choosePlatform(index, "r.test/a", "aarch64")).toBe(entry("2").digest);
  expect(choosePlatform({ ...index, manifests: [entry("3")] }, "r.test/a", "aarch64")).toBe(
    entry("3").digest,
  );
  for (const manifests of [[], [entry("1", "s390x")], [entry("1"), entry("2")]])
    expect(() => choosePlatform({ ...index, manifests }, "r.test/a", "x86_64")).toThrow(
      "has no image for x86_64",
    );
});

test("a digest of an index cannot lead to another place of the registry", () => {
  const evil = { ...entry("1", "amd64"), digest: "../../other/manifests/1" };
  const index = { schemaVersion: 2 as const, manifests: [evil] };
  expect(() => choosePlatform(index, "r.test/a", "x86_64")).toThrow("has no image for x86_64");
});

/** A registry that sends what it likes. */
async function lyingRegistry(paths: Record<string, Buffer | string>) {
  const server = await startServer((request, response) => {
    const path = request.url!.replace("/v2/team/image/", "");
    const body = Object.entries(paths).find(([key]) => path.startsWith(key))?.[1];
    const headers = { "content-length": Buffer.byteLength(body ?? "") };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  return `oci://127.0.0.1:${server.port}/team/image:1`;
}

test.each([
  ["no JSON", "<html>"],
  ["another JSON", '{"schemaVersion":1}'],
  ["a size below zero", JSON.stringify(manifest([{ ...image, size: -1 }]))],
  ["a name list that is none", '{"schemaVersion":2,"manifests":"x"}'],
])("a manifest with %s is told as unreadable", async (_, body) => {
  const url = await lyingRegistry({ "manifests/": body });
  expect(await pullingStore().fail({ url })).toMatchObject({ code: "REMOTE_ANSWER_BAD" });
});

test("a manifest without end is not read to its end", async () => {
  const url = await lyingRegistry({ "manifests/": Buffer.alloc(5 * 1024 ** 2, 0x20) });
  expect(await pullingStore().fail({ url })).toMatchObject({
    code: "REMOTE_ANSWER_BAD",
    message: expect.stringContaining("more than 4194304 bytes") as string,
  });
});

test("a manifest that lies about the size of the image is found before the download", async () => {
  const content = newImage();
  const layer = { ...image, digest: `sha256:${sha256(content)}`, size: content.length - 1 };
  const url = await lyingRegistry({ "manifests/": JSON.stringify(manifest([layer])), "blobs/": content });
  const { fail, events } = pullingStore();
  expect(await fail({ url })).toMatchObject({
    code: "REMOTE_ANSWER_BAD",
    message: expect.stringContaining(
      `it offers ${content.length} bytes, and its manifest says ${layer.size}`,
    ) as string,
  });
  expect(events.map(({ type }) => type)).toEqual(["found"]);
});

test("a record that is missing, of another image or no JSON is no obstacle, and is not believed", async () => {
  const content = newImage();
  const records = [
    undefined,
    "{",
    JSON.stringify({
      schema: 1,
      name: "x",
      format: "qcow2",
      bytes: 1,
      virtualBytes: 1,
      sha256: "0".repeat(64),
      provenance: { installable: "of another image" },
    }),
  ];
  for (const record of records) {
    const digest = `sha256:${createHash("sha256")
      .update(record ?? "")
      .digest("hex")}`;
    const body = JSON.stringify({
      ...manifest([{ ...image, digest: `sha256:${sha256(content)}`, size: content.length }]),
      config: {
        mediaType: "application/vnd.sysinit.image.config.v1+json",
        digest,
        size: record?.length ?? 0,
      },
    });
    const url = await lyingRegistry({
      "manifests/": body,
      [`blobs/sha256:${sha256(content)}`]: content,
      ...(record === undefined ? {} : { [`blobs/${digest}`]: record }),
    });
    const { image: pulled } = await pullingStore().pull({ url });
    expect(Object.keys(pulled.provenance ?? {})).toEqual(["pulledFrom"]);
  }
});
