import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import * as everything from "./index.ts";
import type { Rule } from "./rule.ts";

const load = (file: string): Promise<unknown> =>
  import(/* @vite-ignore */ pathToFileURL(join(import.meta.dirname, file)).href);

const isRule = (value: unknown): value is Rule =>
  typeof value === "object" && value !== null && "check" in value;

test("the list has every rule that a file exports", async () => {
  const files = readdirSync(import.meta.dirname).filter((file) =>
    /^(?!index|testing).*(?<!\.test)\.ts$/.test(file),
  );
  const exported = await Promise.all(
    files.map(async (file) => Object.values((await load(file)) as Record<string, unknown>).filter(isRule)),
  );
  expect(new Set(everything.rules)).toEqual(new Set(exported.flat()));
  expect(everything.rules.length).toBe(exported.flat().length);
});

test("every file of rules has its test beside it", () => {
  const files = readdirSync(import.meta.dirname);
  const untested = files.filter(
    (file) =>
      /^(?!index|testing|rule\b|versions|identifier|mount-point-of|templated-texts).*(?<!\.test)\.ts$/.test(
        file,
      ) && !files.includes(file.replace(/\.ts$/, ".test.ts")),
  );
  expect(untested).toEqual([]);
});
