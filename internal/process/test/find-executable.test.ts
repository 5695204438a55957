import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { findExecutable } from "../src/index.ts";
import { temporaryDirectory } from "./helpers.ts";

function program(directory: string, mode = 0o755): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "tool");
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, mode);
  return file;
}

test("the first one on PATH is found, and what cannot be executed is passed over", () => {
  const directory = temporaryDirectory();
  program(join(directory, "plain"), 0o644);
  mkdirSync(join(directory, "folder/tool"), { recursive: true });
  const first = program(join(directory, "first"));
  program(join(directory, "second"));
  const path = ["missing", "plain", "folder", "first", "second"]
    .map((name) => join(directory, name))
    .join(":");
  expect(findExecutable("tool", { env: { PATH: path } })).toBe(first);
});

test("other folders come after PATH", () => {
  const directory = temporaryDirectory();
  const onPath = program(join(directory, "path"));
  const extra = program(join(directory, "extra"));
  const extraDirectories = [join(directory, "extra")];
  expect(findExecutable("tool", { env: { PATH: join(directory, "path") }, extraDirectories })).toBe(onPath);
  expect(findExecutable("tool", { env: { PATH: "" }, extraDirectories })).toBe(extra);
});

test("a relative folder on PATH is not looked into", () => {
  expect(findExecutable("vitest.config.ts", { env: { PATH: ".:" } })).toBeUndefined();
});

test("a path is only checked", () => {
  const directory = temporaryDirectory();
  const file = program(directory);
  expect(findExecutable(file, { env: {} })).toBe(file);
  expect(findExecutable(join(directory, "other"), { env: { PATH: directory } })).toBeUndefined();
});
