import { expect, test } from "vitest";
import { suggest } from "./suggest.ts";

const keys = ["cpus", "memory", "mounts", "mountType", "vmType", "portForwards"];

test.each([
  ["cpu", "cpus"],
  ["CPUS", "cpus"],
  ["memmory", "memory"],
  ["mount", "mounts"],
  ["moutns", "mounts"],
  ["vmtype", "vmType"],
  ["portForward", "portForwards"],
])("%s was meant to be %s", (given, meant) => {
  expect(suggest(given, keys)).toBe(meant);
});

test("nothing is suggested that is far away", () => {
  expect(suggest("qemu", keys)).toBeUndefined();
  expect(suggest("", keys)).toBeUndefined();
  expect(suggest("x", [])).toBeUndefined();
});
