import { createHash } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, truncateSync, writeSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installImage } from "../../src/index.ts";
import { rawDisk } from "../images.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { mebibyte, name } from "./pulling.ts";
import { pullCommand, pushCommand, runProgram } from "./programs.ts";
import { startServer } from "./server.ts";

const largeBytes = 256 * mebibyte;
const smallBytes = mebibyte;
/** What passes through is garbage that the collector lets grow to some 64 MiB; it does not grow with the image. */
const mostGrowthBytes = 128 * mebibyte;

/** A raw disk, piece by piece. */
function* pieces(bytes: number) {
  yield rawDisk(mebibyte);
  const piece = Buffer.alloc(mebibyte);
  for (let sent = mebibyte; sent < bytes; sent += mebibyte) yield piece;
}

async function sendDisk(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { "content-length": bytes });
  for (const piece of pieces(bytes)) if (!response.write(piece)) await once(response, "drain");
  response.end();
}

test("the memory of a pull does not grow with the image", { timeout: 120_000 }, async () => {
  const server = await startServer(
    (request, response) => void sendDisk(response, Number(request.url!.slice(1))),
  );
  const memoryFor = async (bytes: number) => {
    const hash = createHash("sha256");
    for (const piece of pieces(bytes)) hash.update(piece);
    const directory = join(temporaryDirectory(), "_images");
    const url = `${server.origin}/${bytes}`;
    const report = await runProgram(
      pullCommand({ directory, name, url, sha256: hash.digest("hex"), env: {} }),
    );
    expect(report).toMatchObject({ outcome: "installed", downloadedBytes: bytes });
    return report.maxMemoryBytes;
  };
  const small = await memoryFor(smallBytes);
  expect((await memoryFor(largeBytes)) - small).toBeLessThan(mostGrowthBytes);
});

test("the memory of a push does not grow with the image", { timeout: 120_000 }, async () => {
  // A registry that throws away what it gets.
  const server = await startServer((request, response) => {
    request.resume().on("end", () => {
      const status = { GET: 404, HEAD: 404, POST: 202, PATCH: 202, PUT: 201 }[request.method!];
      response.writeHead(status!, { location: "/v2/team/image/blobs/uploads/1" }).end();
    });
  });
  const memoryFor = async (bytes: number) => {
    const directory = temporaryDirectory();
    const source = join(directory, "disk.raw");
    const file = openSync(source, "wx");
    writeSync(file, rawDisk(mebibyte));
    closeSync(file);
    truncateSync(source, bytes);
    await installImage({ directory, name, source });
    const url = `oci://127.0.0.1:${server.port}/team/image:1`;
    const report = await runProgram(pushCommand({ directory, name, url, env: {} }));
    expect(report).toMatchObject({ outcome: "pushed", uploadedBytes: bytes });
    return report.maxMemoryBytes;
  };
  const small = await memoryFor(smallBytes);
  expect((await memoryFor(largeBytes)) - small).toBeLessThan(mostGrowthBytes);
});
