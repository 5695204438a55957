import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { installImage, planInstall, useImage } from "../src/index.ts";
import { qcow2, rawDisk, tree } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const name = "lima-minimal";

function place() {
  const home = temporaryDirectory();
  return { directory: join(home, "_images"), source: join(home, "image"), name };
}

test("a plan says what an install would store, and makes nothing", async () => {
  const { directory, source } = place();
  writeFileSync(source, rawDisk(1024 * 1024));
  expect(await planInstall({ directory, name, source })).toEqual({
    name,
    source,
    format: "raw",
    bytes: 1024 * 1024,
    virtualBytes: 1024 * 1024,
    outcome: "copy",
  });
  expect(existsSync(directory)).toBe(false);
});

test("a plan names the same image where it is there: as the latest one, or as the newest to be the latest again", async () => {
  const options = place();
  const { directory, source } = options;
  writeFileSync(source, rawDisk(1024 * 1024));
  const first = await installImage(options);
  expect(await planInstall(options)).toMatchObject({ outcome: "unchanged", image: first.image });
  writeFileSync(source, qcow2());
  expect(await planInstall(options)).toMatchObject({ outcome: "copy", format: "qcow2" });
  await installImage(options);
  await useImage({ directory, name, generation: 1 });
  const before = tree(directory);
  expect(await planInstall(options)).toMatchObject({ outcome: "use", image: { generation: 2 } });
  expect(tree(directory)).toEqual(before);

  // And it is what an install then does.
  expect(await installImage(options)).toMatchObject({ outcome: "installed", image: { generation: 2 } });
});

test("what an install refuses its plan refuses, and makes nothing", async () => {
  const { directory, source } = place();
  const plan = (more: object) => planInstall({ directory, name, source, ...more });
  await expect(plan({ name: "../x" })).rejects.toMatchObject({ code: "BAD_NAME" });
  await expect(plan({})).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
  await expect(plan({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  writeFileSync(source, "hello");
  await expect(plan({})).rejects.toMatchObject({ code: "NOT_AN_IMAGE" });
  expect(existsSync(directory)).toBe(false);
  writeFileSync(source, rawDisk(1024 * 1024));
  mkdirSync(join(directory, "sysinit-lima-minimal-latest.raw"), { recursive: true });
  await expect(plan({})).rejects.toMatchObject({ code: "LATEST_NOT_A_LINK" });
});
