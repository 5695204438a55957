import { expect, test } from "vitest";
import { knownKeys } from "./known-keys.ts";
import { templateSchema } from "./template-schema.ts";

test("the keys at a path, through lists, unions and open mappings", () => {
  expect(knownKeys(templateSchema, [])).toContain("portForwards");
  expect(knownKeys(templateSchema, ["images", 0])).toEqual([
    "location",
    "arch",
    "digest",
    "kernel",
    "initrd",
    "variant",
  ]);
  expect(knownKeys(templateSchema, ["additionalDisks", 3])).toEqual(["name", "format", "fsType", "fsArgs"]);
  expect(knownKeys(templateSchema, ["base", 0])).toEqual(["url", "digest"]);
  expect(knownKeys(templateSchema, ["env"])).toEqual([]);
  expect(knownKeys(templateSchema, ["nowhere", 1])).toEqual([]);
});
