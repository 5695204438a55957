import { existsSync } from "node:fs";
import { expect, test } from "vitest";

import { planPull } from "../../src/index.ts";
import { tree } from "../images.ts";
import { name, newImage, nowhere, pullingStore, sha256, storeOfTwo } from "./pulling.ts";

test("a plan says that the image would be downloaded, asks no web server and makes nothing", async () => {
  const { directory } = pullingStore();
  const digest = sha256(newImage());
  expect(await planPull({ directory, name, url: nowhere, sha256: digest.toUpperCase(), env: {} })).toEqual({
    name,
    url: nowhere,
    sha256: digest,
    outcome: "download",
  });
  expect(existsSync(directory)).toBe(false);
});

test("a plan names the image of the store that a pull would copy, or that is there already", async () => {
  const { directory, pull, older, newer } = await storeOfTwo();
  const before = tree(directory);
  const plan = (digest: string, as = name) =>
    planPull({ directory, name: as, url: nowhere, sha256: digest, env: {} });
  expect(await plan(sha256(newer))).toMatchObject({ outcome: "unchanged", image: { name, generation: 2 } });
  expect(await plan(sha256(older))).toMatchObject({ outcome: "copy", image: { name, generation: 1 } });
  expect(await plan(sha256(newer), "other")).toMatchObject({ outcome: "copy", image: { generation: 2 } });
  expect(tree(directory)).toEqual(before);

  // And it is what a pull then does.
  expect(await pull({ url: nowhere, sha256: sha256(newer) })).toMatchObject({ outcome: "unchanged" });
  expect(await pull({ url: nowhere, sha256: sha256(older) })).toMatchObject({
    outcome: "installed",
    downloadedBytes: 0,
  });
});

test("a plan tells neither password nor query of an address", async () => {
  const { directory } = pullingStore();
  const url = "http://me:secret@127.0.0.1:9/nixos.qcow2?token=secret";
  const plan = await planPull({ directory, name, url, sha256: "0".repeat(64), env: {} });
  expect(plan.url).toBe("http://127.0.0.1:9/nixos.qcow2?…");
});

test.each([
  ["a name that file names cannot carry", { name: "../x" }, "BAD_NAME"],
  ["an address of another kind", { url: "ftp://127.0.0.1/nixos.qcow2" }, "BAD_URL"],
  ["no SHA-256", { sha256: undefined }, "BAD_DIGEST"],
  ["a signal that is aborted", { signal: AbortSignal.abort() }, "ABORTED"],
])("%s is refused by the plan as by the pull", async (_, wrong, code) => {
  const { directory, fail } = pullingStore();
  const options = { name, url: nowhere, sha256: "0".repeat(64), ...wrong };
  await expect(planPull({ directory, env: {}, ...options })).rejects.toMatchObject({ code });
  expect(await fail(options)).toMatchObject({ code });
  expect(existsSync(directory)).toBe(false);
});
