import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { loadWithKeptCode } from "./kept-code.ts";

let work: string;
let file: string;
let kept: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "kept-code-"));
  file = join(work, "greet.cjs");
  kept = join(work, "caches/greet.code");
  build("a", "Hello");
});

afterEach(() => rmSync(work, { recursive: true }));

function build(id: string, word: string): void {
  const code = `"use strict";const { basename } = require("path");module.exports = { greet: (path) => "${word} " + basename(path) };`;
  writeFileSync(file, `// ${id}\n(function(module,require){${code}\n})`);
}

/** A whole run; tells what was said and which file holds the code afterwards. */
function run(): { said: string; code: number | undefined } {
  const { exports, keepCode } = loadWithKeptCode<{ greet(path: string): string }>(file, kept);
  const said = exports.greet("/you");
  keepCode();
  return { said, code: statSync(kept, { throwIfNoEntry: false })?.ino };
}

it("the code of the first run is kept for the next ones, for the user alone", () => {
  const first = run();
  expect(first).toEqual({ said: "Hello you", code: expect.any(Number) });
  expect(run()).toEqual(first);
  expect(readdirSync(join(work, "caches"))).toEqual(["greet.code"]);
  expect(statSync(kept).mode & 0o777).toBe(0o600);
});

it("the code of another build is not run, even of one as long", () => {
  const first = run();
  build("b", "Howdy");
  const second = run();
  expect(second.said).toBe("Howdy you");
  expect(second.code).not.toBe(first.code);
  expect(run()).toEqual(second);
});

it.each([
  ["empty", () => Buffer.alloc(0)],
  ["cut off", (code: Buffer) => code.subarray(0, -1)],
  ["cut in half", (code: Buffer) => code.subarray(0, code.length / 2)],
  ["changed in one place", (code: Buffer) => code.fill(code[200]! ^ 255, 200, 201)],
  ["of another Node", (code: Buffer) => Buffer.from(code.toString("latin1").replace("v", "w"), "latin1")],
])("kept code that is %s is made anew", (_, damage) => {
  const first = run();
  writeFileSync(kept, damage(readFileSync(kept)));
  const second = run();
  expect(second.said).toBe("Hello you");
  expect(second.code).not.toBe(first.code);
  expect(run()).toEqual(second);
});

it.runIf(process.getuid?.() === 0)("kept code of another user is made anew", () => {
  const first = run();
  chownSync(kept, 65_534, 65_534);
  expect(run().code).not.toBe(first.code);
});

it("without a place to keep it, everything runs", () => {
  writeFileSync(join(work, "caches"), "not a folder");
  expect(run()).toEqual({ said: "Hello you", code: undefined });
  expect(loadWithKeptCode<{ greet(path: string): string }>(file, undefined).exports.greet("/me")).toBe(
    "Hello me",
  );
});
