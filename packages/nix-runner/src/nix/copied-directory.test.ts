import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { copiedDirectory, isLargerThan } from "./copied-directory.ts";

function flakeIn(directory: string): string {
  mkdirSync(join(directory, "below"), { recursive: true });
  writeFileSync(join(directory, "flake.nix"), "{ }\n");
  return directory;
}

test("a path reference is copied whole, wherever it is", () => {
  expect(copiedDirectory("path:/a%20b?lastModified=1", "/")).toBe("/a b");
  expect(copiedDirectory("path:./x", "/home")).toBe("/home/x");
});

test("a plain path is copied whole outside of git, from where its flake.nix is", () => {
  const flake = flakeIn(join(temporaryDirectory(), "a b"));
  expect(copiedDirectory(".", flake)).toBe(flake);
  expect(copiedDirectory("./below", flake)).toBe(flake);
  expect(copiedDirectory(`${flake}?x=1`, "/")).toBe(flake);
});

test("of a tree in git only what git knows is copied", () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, ".git"));
  expect(copiedDirectory(".", flakeIn(join(directory, "flake")))).toBeUndefined();
});

test("a flake elsewhere is not copied from here", () => {
  for (const reference of ["github:o/r", "nixpkgs", "git+file:///x", "/nonexistent"]) {
    expect(copiedDirectory(reference, "/")).toBeUndefined();
  }
});

test("sizes are added up", async () => {
  const flake = flakeIn(join(temporaryDirectory(), "flake"));
  writeFileSync(join(flake, "below/disk.img"), "");
  truncateSync(join(flake, "below/disk.img"), 2_000_000);
  expect(await isLargerThan(flake, 1_000_000)).toBe(true);
  expect(await isLargerThan(flake, 3_000_000)).toBe(false);
  expect(await isLargerThan("/nonexistent", 0)).toBe(false);
});
