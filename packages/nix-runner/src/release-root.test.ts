import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../test/temporary-directory.ts";
import { releaseRoot } from "./release-root.ts";
import { makeRoot, ownRoot } from "./state/roots.ts";

const storePath = "/nix/store/3769fw95fz8hdacs31qprcxi3ydxpa8y-nixos-disk-image";

test("a root with its links is removed, and once more is no error", async () => {
  const root = makeRoot(join(temporaryDirectory(), "state/roots"));
  symlinkSync(storePath, join(root, "out"));
  symlinkSync(storePath, join(root, "out-doc"));
  await releaseRoot(root);
  expect(existsSync(root)).toBe(false);
  await releaseRoot(root);
});

test("two builds have two roots", () => {
  const directory = temporaryDirectory();
  expect(makeRoot(directory)).not.toBe(makeRoot(directory));
});

test("what build did not make is left alone", async () => {
  const directory = temporaryDirectory();
  const withFile = join(directory, "build-file");
  mkdirSync(withFile);
  symlinkSync(storePath, join(withFile, "out"));
  writeFileSync(join(withFile, "work.txt"), "mine");
  const withLink = join(directory, "build-link");
  mkdirSync(withLink);
  symlinkSync("/home", join(withLink, "out"));
  const other = join(directory, "other");
  mkdirSync(other);
  const linked = join(directory, "build-linked");
  symlinkSync(withFile, linked);
  for (const path of [withFile, withLink, other, linked, "/", "/nonexistent/other"]) {
    await expect(releaseRoot(path)).rejects.toMatchObject({ code: "ROOT_NOT_OURS" });
  }
  expect(readdirSync(withFile).sort()).toEqual(["out", "work.txt"]);
  expect(readdirSync(withLink)).toEqual(["out"]);
});

test("a place where nothing can be made is named", async () => {
  const file = join(temporaryDirectory(), "file");
  writeFileSync(file, "");
  expect(() => makeRoot(join(file, "state"))).toThrow(
    expect.objectContaining({
      code: "OUT_LINK",
      message: expect.stringContaining(join(file, "state")),
    }),
  );
  await expect(ownRoot(file)).rejects.toMatchObject({ code: "OUT_LINK" });
});
