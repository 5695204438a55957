import { createServer } from "node:https";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { name, newImage, sha256 } from "./pulling.ts";
import { pullCommand, runProgram, type Report } from "./programs.ts";
import { listen, sendFile, startServer } from "./server.ts";

const content = newImage();

/** A server with https whose certificate a program trusts when it is told to; Node reads that when it starts. */
async function startHttps(redirectTo: (path: string) => string | undefined) {
  const directory = temporaryDirectory();
  const pem = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  writeFileSync(join(directory, "ca.pem"), pem.cert);
  const server = createServer({ key: pem.private, cert: pem.cert }, (request, response) => {
    const location = redirectTo(request.url!);
    if (location === undefined) sendFile(request, response, content);
    else response.writeHead(302, { location }).end();
  });
  const { port } = await listen(server);
  const pull = async (
    path: string,
    { trusted = true, origin = `https://127.0.0.1:${port}` } = {},
  ): Promise<Report> => {
    const options = {
      directory: join(directory, "_images"),
      name,
      sha256: sha256(content),
      retries: 0,
      env: {},
    };
    return await runProgram(pullCommand({ ...options, url: `${origin}${path}` }), {
      NODE_EXTRA_CA_CERTS: trusted ? join(directory, "ca.pem") : undefined,
    });
  };
  return { port, pull };
}

test("https is used and trusted by its certificate; from there nothing leads to http", async () => {
  const plain = await startServer((request, response) => sendFile(request, response, content));
  const { port, pull } = await startHttps((path) =>
    path === "/down" ? `${plain.origin}/a` : path === "/same" ? "/a" : undefined,
  );
  expect(await pull("/down")).toMatchObject({
    code: "REDIRECT_REFUSED",
    message: `the redirect of https://127.0.0.1:${port}/down is not followed: it leads from https to http, ${plain.origin}/a`,
  });
  expect(plain.requests).toEqual([]);
  expect(await pull("/same", { trusted: false })).toMatchObject({
    code: "REMOTE_FAILED",
    message: expect.stringContaining(
      `cannot reach 127.0.0.1:${port}: its certificate is not accepted`,
    ) as string,
  });
  expect(await pull("/same")).toMatchObject({ outcome: "installed" });
});

test("a server with only http is told as that", async () => {
  const plain = await startServer(() => {});
  const { pull } = await startHttps(() => undefined);
  expect(await pull("/a", { origin: `https://127.0.0.1:${plain.port}` })).toMatchObject({
    code: "REMOTE_FAILED",
    message: `cannot reach 127.0.0.1:${plain.port}: it does not speak https`,
  });
});
