import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { temporaryDirectory } from "../temporary-directory.ts";
import { startFront } from "./front.ts";
import { pullingStore } from "./pulling.ts";
import { pushingStore } from "./pushing.ts";
import { registryProgram, startRegistry } from "./registry.ts";
import { account, identityToken, startTokenServer } from "./token-server.ts";

/** As `htpasswd -B` writes it, for the account. */
const passwordLine = "team:$2y$05$abcdefghijklmnopqrstuuWqeDdmk0qhXLYvA33lbC9M700ynI2Oa\n";

async function startRegistryWithPasswords() {
  const path = join(temporaryDirectory(), "htpasswd");
  writeFileSync(path, passwordLine);
  return await startRegistry({ htpasswd: { realm: "tests", path } });
}

/** The environment of somebody who has logged in. */
function loggedIn(config: object) {
  const home = temporaryDirectory();
  mkdirSync(join(home, ".docker"));
  writeFileSync(join(home, ".docker/config.json"), JSON.stringify(config));
  return { HOME: home, PATH: `${home}:/usr/bin:/bin` };
}

describe.skipIf(registryProgram === undefined)("a registry that asks who is there", () => {
  test("by password: credentials as an option, from Docker's configuration, from its helper", async () => {
    const { host } = await startRegistryWithPasswords();
    const { push, image } = await pushingStore();
    const url = `oci://${host}/team/image:1`;
    await push({ url, credentials: account });

    const auth = Buffer.from(`${account.username}:${account.password}`).toString("base64");
    const byFile = loggedIn({ auths: { [host]: { auth } } });
    expect((await pullingStore().pull({ url, env: byFile })).image.sha256).toBe(image.sha256);

    const byHelper = loggedIn({ credHelpers: { [host]: "tests" } });
    const helper = join(byHelper.HOME, "docker-credential-tests");
    const answer = JSON.stringify({ ServerURL: host, Username: account.username, Secret: account.password });
    writeFileSync(helper, `#!/bin/sh\ncat >/dev/null; printf '%s' '${answer}'\n`);
    chmodSync(helper, 0o755);
    expect((await pullingStore().pull({ url, env: byHelper })).image.sha256).toBe(image.sha256);
  });

  test("nobody, and somebody with a wrong password, get one clear error", async () => {
    const { host } = await startRegistryWithPasswords();
    const url = `oci://${host}/team/image:1`;
    const { push } = await pushingStore();
    const { fail } = pullingStore();
    const expected = {
      code: "REMOTE_UNAUTHORIZED",
      message: expect.stringContaining(
        `${host} answered 401 (UNAUTHORIZED: authentication required)`,
      ) as string,
      hint: `Log in (docker login ${host}, or oras login ${host}), or give credentials.`,
    };
    expect(await fail({ url })).toMatchObject(expected);
    expect(await fail({ url, credentials: { username: "team", password: "wrong" } })).toMatchObject(expected);
    await expect(push({ url })).rejects.toMatchObject({ code: expected.code, hint: expected.hint });
  });

  test("by token: anonymous for a pull, with the account for a push, one token for all requests", async () => {
    const tokens = await startTokenServer();
    const registry = await startRegistry(tokens.auth);
    const front = await startFront(registry);
    const url = `oci://${front.host}/team/image:1`;
    const { push, image } = await pushingStore();
    await push({ url, credentials: account });
    expect(tokens.asked).toEqual(["team repository:team/image:pull,push"]);
    const authorizations = new Set(front.requests.slice(1).map(({ headers }) => headers.authorization));
    expect([...authorizations]).toEqual([expect.stringMatching(/^Bearer /)]);

    expect((await pullingStore().pull({ url })).image.sha256).toBe(image.sha256);
    expect(tokens.asked.at(-1)).toBe("nobody repository:team/image:pull");
  });

  test("by token: nobody may not push, a wrong password is told, an identity token is exchanged", async () => {
    const tokens = await startTokenServer();
    const { host } = await startRegistry(tokens.auth);
    const url = `oci://${host}/team/image:1`;
    const { push } = await pushingStore();
    await expect(push({ url })).rejects.toMatchObject({
      code: "REMOTE_UNAUTHORIZED",
      message: expect.stringContaining(`cannot upload to ${host}/team/image`) as string,
    });
    await expect(push({ url, credentials: { username: "team", password: "wrong" } })).rejects.toMatchObject({
      code: "REMOTE_UNAUTHORIZED",
      hint: expect.stringContaining(`docker login ${host}`) as string,
    });
    const env = loggedIn({ auths: { [host]: { identitytoken: identityToken } } });
    expect(await push({ url, env })).toMatchObject({ outcome: "pushed" });
    expect(tokens.asked.at(-1)).toBe("team repository:team/image:pull,push");
  });

  test("a token that has run out in the middle is replaced", async () => {
    const tokens = await startTokenServer();
    const registry = await startRegistry(tokens.auth);
    const front = await startFront(registry, ({ headers }, turn) => {
      if (turn === 6) headers.authorization = "Bearer no-longer-good";
      return undefined;
    });
    const { push } = await pushingStore();
    const url = `oci://${front.host}/team/image:1`;
    expect(await push({ url, credentials: account })).toMatchObject({ outcome: "pushed" });
    expect(tokens.asked).toHaveLength(2);
  });
});
