import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

import { FilesError, readJsonFile, syncDirectory, writeFileAtomic } from "../src/index.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

test("a file is written with the mode asked for, over an older one, and nothing stays beside it", async () => {
  const directory = temporaryDirectory();
  const file = join(directory, "a.json");
  await writeFileAtomic(file, "one");
  const before = process.umask(0o077);
  try {
    await writeFileAtomic(file, "two", { mode: 0o640 });
  } finally {
    process.umask(before);
  }
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(directory)).toEqual(["a.json"]);
});

test("the temporary file can be made elsewhere", async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "work"));
  chmodSync(join(directory, "work"), 0o500);
  const options = { temporaryDirectory: join(directory, "work") };
  if (process.getuid?.() !== 0) {
    await expect(writeFileAtomic(join(directory, "a"), "x", options)).rejects.toMatchObject({
      code: "EACCES",
    });
  }
  chmodSync(join(directory, "work"), 0o700);
  await writeFileAtomic(join(directory, "a"), "x", options);
  expect(readdirSync(directory).sort()).toEqual(["a", "work"]);
});

test("a symlink planted in place of the file is replaced, not followed", async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "precious"), "mine");
  symlinkSync("precious", join(directory, "a.json"));
  await writeFileAtomic(join(directory, "a.json"), "ours");
  expect(readFileSync(join(directory, "precious"), "utf8")).toBe("mine");
});

test("a write that fails leaves the old file and nothing beside it", async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "taken"));
  await expect(writeFileAtomic(join(directory, "taken"), "x")).rejects.toThrow(/EISDIR|ENOTEMPTY/);
  expect(readdirSync(directory)).toEqual(["taken"]);
});

test.skipIf(process.getuid?.() === 0)(
  "a directory that cannot be written is an error of the system",
  async () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o500);
    await expect(writeFileAtomic(join(directory, "a"), "x")).rejects.toMatchObject({ code: "EACCES" });
  },
);

test("a directory can be synced", async () => {
  await syncDirectory(temporaryDirectory());
});

const schema = z.object({ schema: z.literal(1), name: z.string() });

test("a JSON file is read through its schema", async () => {
  const file = join(temporaryDirectory(), "a.json");
  writeFileSync(file, '{"schema": 1, "name": "x"}');
  expect(await readJsonFile(file, schema)).toEqual({ schema: 1, name: "x" });
});

test.each([
  ["FILE_NOT_JSON", '{"schema": 1, "na'],
  ["FILE_NOT_JSON", ""],
  ["FILE_NOT_JSON", `"${"x".repeat(4 * 1024 * 1024)}"`],
  ["FILE_INVALID", '{"schema": 1}'],
  ["FILE_INVALID", "null"],
  ["SCHEMA_UNKNOWN", '{"schema": 2, "title": "x"}'],
] as const)("%s for %.20s", async (code, text) => {
  const file = join(temporaryDirectory(), "a.json");
  writeFileSync(file, text);
  const reading = readJsonFile(file, schema);
  await expect(reading).rejects.toSatisfy((error) => FilesError.is(error, code));
  await expect(reading).rejects.toThrow(file);
});

test("an unknown schema version comes with advice", async () => {
  const file = join(temporaryDirectory(), "a.json");
  writeFileSync(file, '{"schema": 7}');
  await expect(readJsonFile(file, schema)).rejects.toMatchObject({
    hint: expect.stringContaining("newer") as string,
  });
});
