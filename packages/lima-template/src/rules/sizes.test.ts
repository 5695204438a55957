import { expect, test } from "vitest";
import { sizes } from "./sizes.ts";
import { said } from "./testing.ts";

test("sizes that Lima cannot read", () => {
  const yaml = 'memory: 4 gigs\ndisk: "-1"\nmounts: [{location: /a, 9p: {msize: much}}]';
  expect(said(sizes, yaml)).toEqual(["error memory", "error disk", "error mounts[0].9p.msize"]);
});

test("an empty size is the default", () => {
  expect(said(sizes, 'memory: ""\ndisk: 20GiB')).toEqual([]);
});
