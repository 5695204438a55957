import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { findDockerCredentials } from "../../src/remote/credentials/docker-config.ts";

const registry = "registry.test:5000";
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A home with Docker's configuration, and programs that are called as its helpers. */
function home(config: object | string, helpers: Record<string, string> = {}) {
  const directory = temporaryDirectory();
  const bin = join(directory, "bin");
  mkdirSync(join(directory, ".docker"));
  mkdirSync(bin);
  const text = typeof config === "string" ? config : JSON.stringify(config);
  writeFileSync(join(directory, ".docker/config.json"), text);
  for (const [name, script] of Object.entries(helpers)) {
    writeFileSync(join(bin, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, `docker-credential-${name}`), 0o755);
  }
  const env = { HOME: directory, PATH: `${bin}:/usr/bin:/bin` };
  const find = (of = registry) => findDockerCredentials(of, { env, signal: undefined });
  return { directory, env, find };
}

const answer = (username: string, secret: string) =>
  `cat >"$HOME/asked"; echo "$*" >>"$HOME/asked"; printf '%s' '${JSON.stringify({ ServerURL: "x", Username: username, Secret: secret })}'`;

test.each<[string, object, object | undefined]>([
  ["auth", { [registry]: { auth: base64("me:pass:word") } }, { username: "me", password: "pass:word" }],
  [
    "username and password",
    { [registry]: { username: "me", password: "x" } },
    { username: "me", password: "x" },
  ],
  ["an identity token", { [registry]: { auth: base64("me:"), identitytoken: "t" } }, { identityToken: "t" }],
  ["a registry token", { [registry]: { registrytoken: "t" } }, { registryToken: "t" }],
  [
    "an address with a scheme",
    { [`https://${registry}/v1/`]: { auth: base64("me:x") } },
    { username: "me", password: "x" },
  ],
  ["another host only", { "other.test": { auth: base64("me:x") } }, undefined],
  ["nothing in the entry", { [registry]: {} }, undefined],
])("Docker's configuration with %s", async (_, auths, expected) => {
  expect(await home({ auths }).find()).toEqual(expected);
});

test("Docker Hub has its credentials under the name of its index", async () => {
  const { find } = home({ auths: { "https://index.docker.io/v1/": { auth: base64("me:x") } } });
  expect(await find("docker.io")).toEqual({ username: "me", password: "x" });
});

test("without a configuration nothing is known; DOCKER_CONFIG names another folder", async () => {
  const { directory } = home({ auths: { [registry]: { auth: base64("me:x") } } });
  const find = (env: Record<string, string>) => findDockerCredentials(registry, { env, signal: undefined });
  expect(await find({})).toBeUndefined();
  expect(await find({ HOME: join(directory, "none") })).toBeUndefined();
  expect(await find({ HOME: "/", DOCKER_CONFIG: join(directory, ".docker") })).toEqual({
    username: "me",
    password: "x",
  });
});

test("the helper of the registry is asked, as the protocol wants it, before the store for all and the file", async () => {
  const config = {
    auths: { [registry]: { auth: base64("file:x") } },
    credsStore: "all",
    credHelpers: { [registry]: "one" },
  };
  const { find, directory } = home(config, { one: answer("me", "secret"), all: answer("all", "x") });
  expect(await find()).toEqual({ username: "me", password: "secret" });
  expect(readFileSync(join(directory, "asked"), "utf8")).toBe(`${registry}get\n`);
  expect(await find("other.test")).toEqual({ username: "all", password: "x" });
});

test("a helper may give an identity token, or know nothing", async () => {
  const config = { credsStore: "all", credHelpers: { [registry]: "token" } };
  const { find } = home(config, {
    token: answer("<token>", "t"),
    all: "echo credentials not found in native keychain; exit 1",
  });
  expect(await find()).toEqual({ identityToken: "t" });
  expect(await find("other.test")).toBeUndefined();
});

test.each<[string, string | undefined, RegExp]>([
  [
    "is not there",
    undefined,
    /docker-credential-helper gave no credentials for registry\.test:5000: it is not on PATH/,
  ],
  ["fails", "echo key ring is locked; exit 3", /it failed with status 3: key ring is locked/],
  ["prints something else", "echo secret-that-is-not-shown", /is not the JSON of a credential helper$/],
])("a helper that %s is an error that names it and shows no secret", async (_, script, message) => {
  const { find } = home({ credsStore: "helper" }, script === undefined ? {} : { helper: script });
  const error: unknown = await find().catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: "CREDENTIALS_UNAVAILABLE",
    hint: expect.stringContaining("credsStore") as string,
  });
  expect((error as Error).message).toMatch(message);
  expect(JSON.stringify(error)).not.toContain("secret-that");
});

test("a helper's name cannot lead to another program", async () => {
  const { find } = home({ credsStore: "../../evil" });
  await expect(find()).rejects.toMatchObject({ code: "CREDENTIALS_UNAVAILABLE" });
});

test.each([["{"], ['{"auths": []}'], ['{"credsStore": 5}']])(
  "a configuration like %s is told",
  async (text) => {
    await expect(home(text).find()).rejects.toMatchObject({
      code: "CREDENTIALS_UNAVAILABLE",
      message: expect.stringContaining("config.json") as string,
    });
  },
);
