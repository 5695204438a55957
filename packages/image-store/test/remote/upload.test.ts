import { expect, test } from "vitest";

import { mebibyte, sha256 } from "./pulling.ts";
import { pushingStore } from "./pushing.ts";
import { startServer, type Answer } from "./server.ts";

/**
 * A registry that keeps what has come of a chunk that was cut, as the distribution specification lets it; the one that can
 * be had for tests forgets the whole upload then.
 */
function keepingRegistry(options: {
  cutChunkAt: number[];
  minimumBytes?: number;
  location?: (path: string) => string;
}) {
  let upload = Buffer.alloc(0);
  const blobs = new Map<string, Buffer>();
  const chunks: string[] = [];
  const { location = (path) => path, cutChunkAt } = options;
  const answer: Answer = (request, response) => {
    const [path = "", query] = request.url!.split("?");
    const where = {
      location: location("/v2/team/image/blobs/uploads/1"),
      range: `0-${Math.max(0, upload.length - 1)}`,
    };
    const { method } = request;
    if (method === "PATCH") {
      chunks.push(request.headers["content-range"]!);
      const cutAt = cutChunkAt.shift();
      const received: Buffer[] = [];
      request.on("error", () => {});
      request.on("data", (chunk: Buffer) => {
        received.push(chunk);
        if (cutAt === undefined || Buffer.concat(received).length < cutAt) return;
        upload = Buffer.concat([upload, ...received.splice(0)]);
        request.removeAllListeners("data").removeAllListeners("end").socket.destroy();
      });
      request.on("end", () => {
        upload = Buffer.concat([upload, ...received]);
        response.writeHead(202, { ...where, range: `0-${upload.length - 1}` }).end();
      });
      return;
    }
    request.on("data", (chunk: Buffer) => (upload = Buffer.concat([upload, chunk])));
    request.on("end", () => {
      if (method === "HEAD") response.writeHead(blobs.has(path) ? 200 : 404).end();
      else if (method === "POST") {
        upload = Buffer.alloc(0);
        response
          .writeHead(202, { ...where, "oci-chunk-min-length": String(options.minimumBytes ?? 0) })
          .end();
      } else if (method === "GET") response.writeHead(path.includes("/uploads/") ? 204 : 404, where).end();
      else {
        const digest = new URLSearchParams(query).get("digest");
        if (digest !== null) blobs.set(digest, upload);
        upload = Buffer.alloc(0);
        response.writeHead(201).end();
      }
    });
  };
  return { answer, blobs, chunks };
}

test("after a cut the image goes on in the middle of a chunk, from where the registry says it is", async () => {
  const { answer, blobs, chunks } = keepingRegistry({ cutChunkAt: [Infinity, 700_000, 1000] });
  const server = await startServer(answer);
  const { push, image, events } = await pushingStore(4 * mebibyte);
  await push({ url: `oci://127.0.0.1:${server.port}/team/image:1`, chunkBytes: 2 * mebibyte });
  const stored = blobs.get(`sha256:${image.sha256}`)!;
  expect([stored.length, sha256(stored)]).toEqual([image.bytes, image.sha256]);
  const starts = chunks.map((range) => Number(range.split("-")[0]));
  expect(starts.slice(0, 2)).toEqual([0, 2 * mebibyte]);
  expect(starts[2]).toBeGreaterThanOrEqual(2 * mebibyte + 700_000);
  expect(starts[3]).toBeGreaterThanOrEqual(starts[2]! + 1000);
  expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(2);
  expect(events.filter((event) => event.type === "retry")).toHaveLength(2);
});

test("chunks are not smaller than a registry wants them", async () => {
  const { answer, chunks } = keepingRegistry({ cutChunkAt: [], minimumBytes: 3 * mebibyte });
  const server = await startServer(answer);
  const { push, image } = await pushingStore(4 * mebibyte);
  await push({ url: `oci://127.0.0.1:${server.port}/team/image:1`, chunkBytes: mebibyte });
  expect(chunks).toEqual([`0-${3 * mebibyte - 1}`, `${3 * mebibyte}-${image.bytes - 1}`]);
});

test("a registry that names no place for the upload is told as that", async () => {
  const { answer } = keepingRegistry({ cutChunkAt: [], location: () => "http://" });
  const server = await startServer(answer);
  const { push } = await pushingStore();
  await expect(push({ url: `oci://127.0.0.1:${server.port}/team/image:1` })).rejects.toMatchObject({
    code: "REMOTE_ANSWER_BAD",
    message: expect.stringContaining("it names no place for the upload") as string,
  });
});

test("an abort ends the upload", async () => {
  const server = await startServer((request, response) => {
    if (request.method === "POST")
      response.writeHead(202, { location: "/v2/team/image/blobs/uploads/1" }).end();
    else if (request.method === "PUT") request.once("data", () => abort.abort());
    else response.writeHead(404).end();
  });
  const abort = new AbortController();
  const { push } = await pushingStore(4 * mebibyte);
  const url = `oci://127.0.0.1:${server.port}/team/image:1`;
  await expect(push({ url, signal: abort.signal })).rejects.toMatchObject({ code: "ABORTED" });
});

test("an image that another one pushed while a chunk was refused needs no more", async () => {
  const server = await startServer((request, response, turn) => {
    const status = { GET: 404, HEAD: turn > 2 ? 200 : 404, POST: 202, PATCH: 405, PUT: 201 }[request.method!];
    request.resume().on("end", () => {
      response.writeHead(status!, { location: "/v2/team/image/blobs/uploads/1" }).end();
    });
  });
  const { push } = await pushingStore(2 * mebibyte);
  const url = `oci://127.0.0.1:${server.port}/team/image:1`;
  expect(await push({ url, chunkBytes: mebibyte })).toMatchObject({ outcome: "pushed", uploadedBytes: 0 });
});
