import { expect, test } from "vitest";
import { diskName } from "./disk-name.ts";
import { said } from "./testing.ts";

test("names of disks are like names of instances", () => {
  expect(said(diskName, 'additionalDisks: [data, a.b-c_d, "bad name", {name: -x}, "*"]')).toEqual([
    "error additionalDisks[2]",
    "error additionalDisks[3].name",
  ]);
});

test("76 characters at most", () => {
  expect(said(diskName, `additionalDisks: [${"a".repeat(77)}]`)).toEqual(["error additionalDisks[0]"]);
  expect(said(diskName, `additionalDisks: [${"a".repeat(76)}]`)).toEqual([]);
});
