import { createHash } from "node:crypto";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { findExecutable } from "@sysinit-internal/process";
import { listImages } from "@sysinit/image-store";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";

import { startFileServer } from "./file-server.ts";
import { cli, jsonLines } from "./run-cli.ts";
import { isRoot, smallDisk, standInHost, type StandInHost } from "./stand-in-host.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const content = smallDisk();
content.write("prebuilt", 4096);
const sha256 = createHash("sha256").update(content).digest("hex");

let host: StandInHost;
let env: Record<string, string | undefined>;
let directory: string;

beforeAll(async () => {
  host = await standInHost();
  // All that the stand-ins need, and no nix.
  const programs = join(host.work, "programs");
  await mkdir(programs);
  for (const name of ["sh", "env", "node", "cat", "ps"]) {
    const found = name === "node" ? process.execPath : findExecutable(name);
    if (found !== undefined) await symlink(found, join(programs, name));
  }
  env = { ...host.env, PATH: `${join(host.fake.directory, "bin")}:${programs}`, http_proxy: undefined };
  directory = join(host.env["LIMA_HOME"]!, "_images");
});

afterAll(() => host[Symbol.asyncDispose]());

const run = (...args: string[]) => cli(args, { cwd: host.work, env });

/** What the template of an instance says of its image. */
async function imageOf(name: string): Promise<{ location: string; digest: string }> {
  const instances = jsonLines((await run("list", "--json")).stdout) as { name: string; dir: string }[];
  const { dir } = instances.find((instance) => instance.name === name)!;
  const template = parse(await readFile(join(dir, "lima.yaml"), "utf8")) as {
    images: { location: string; digest: string }[];
  };
  expect(template.images).toHaveLength(1);
  return template.images[0]!;
}

describe.skipIf(isRoot)("on a machine without nix", () => {
  it("what has to be built cannot be: there is none", async () => {
    const { status, stderr } = await run("up", "built", "--image", ".#image");
    expect(status).toBe(3);
    expect(stderr).toMatch(/NIX_NOT_FOUND/);
  });

  it("up boots an image by URL and SHA-256, from the store, by the same digest", async () => {
    const server = await startFileServer(content);
    const url = `${server.origin}/nixos.raw`;
    const up = await run("up", "far", "--image", url, "--sha256", sha256, "--json");
    expect(up, up.stderr).toMatchObject({ status: 0 });
    expect(jsonLines(up.stdout)[0]).toMatchObject({ action: "created" });
    const [pulled] = await listImages({ directory, name: "pulled-nixos" });
    expect(await imageOf("far")).toMatchObject({ location: pulled!.file, digest: `sha256:${sha256}` });
    expect(await readFile(pulled!.file)).toEqual(content);

    // What the store has is asked of nobody.
    const { requests } = server;
    expect((await run("up", "near", "--image", `${url}@sha256:${sha256}`)).status).toBe(0);
    expect(server.requests).toBe(requests);
    expect((await run("delete", "far", "near")).status).toBe(0);
  });

  it("the configuration of a project names one just so", async () => {
    const server = await startFileServer(content);
    const folder = await host.project("prebuilt", `image: ${server.origin}/nixos.raw@sha256:${sha256}\n`);
    const up = await cli(["up", "--json"], { cwd: folder, env });
    expect(up, up.stderr).toMatchObject({ status: 0 });
    const again = await cli(["up", "--json"], { cwd: folder, env });
    expect(jsonLines(again.stdout)[0]).toMatchObject({ action: "already-running", changes: [] });
    expect((await cli(["delete"], { cwd: folder, env })).status).toBe(0);
  });

  it("up boots an image of the store by its name", async () => {
    const [stored] = await listImages({ directory, name: "lima-minimal" });
    expect((await run("up", "stored", "--image", "lima-minimal")).status).toBe(0);
    expect(await imageOf("stored")).toMatchObject({
      location: stored!.file,
      digest: `sha256:${stored!.sha256}`,
    });
    expect((await run("delete", "stored")).status).toBe(0);
  });

  it("nothing is made of an image with another digest than was asked for", async () => {
    const server = await startFileServer(content);
    const args = ["--image", `${server.origin}/nixos.raw`, "--sha256", "0".repeat(64)];
    const { status, stderr } = await run("up", "wrong", ...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(/DIGEST_MISMATCH/);
    expect(jsonLines((await run("list", "--json")).stdout)).toEqual([]);
  });
});

it.skipIf(isRoot)("where nix is there, nothing is asked of it for a prebuilt image", async () => {
  const asked = join(host.work, "nix-was-asked");
  await writeFile(join(host.fake.directory, "bin/nix"), `#!/bin/sh\necho "$@" >> '${asked}'\nexit 1\n`, {
    mode: 0o755,
  });
  await run("up", "built", "--image", ".#image");
  // It is found, and asked where there is something to build.
  expect(await readFile(asked, "utf8")).not.toBe("");
  await writeFile(asked, "");
  const server = await startFileServer(content);
  const url = `${server.origin}/nixos.raw@sha256:${sha256}`;
  const up = await run("up", "quiet", "--image", url);
  expect(up, up.stderr).toMatchObject({ status: 0 });
  expect(await readFile(asked, "utf8")).toBe("");
});

it.each([
  ["a digest without a URL", ["--sha256", sha256], /--sha256 is for --image URL/],
  ["a URL without a digest", ["--image", "https://example.org/nixos.qcow2"], /needs the digest/],
  [
    "a digest that is none",
    ["--image", "https://example.org/nixos.qcow2", "--sha256", "12"],
    /needs the digest/,
  ],
  [
    "a digest beside an OCI reference",
    ["--image", "oci://example.org/team/images:minimal", "--sha256", sha256],
    /hint: name the manifest by its digest/,
  ],
])("%s is refused before anything is done", async (_, args, message) => {
  const { status, stderr } = await run("up", "refused", ...args);
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});
