import { expect, test } from "vitest";
import { digestNotImplemented } from "./digest-not-implemented.ts";
import { said } from "./testing.ts";

test("Lima refuses digests of templates and scripts", () => {
  const yaml = "base: [a.yaml, {url: b.yaml, digest: x}]\nprovision: [{file: {url: c.sh, digest: x}}]";
  expect(said(digestNotImplemented, yaml)).toEqual([
    "error base[1].digest",
    "error provision[0].file.digest",
  ]);
  expect(said(digestNotImplemented, "base: [{url: b.yaml}]")).toEqual([]);
});
