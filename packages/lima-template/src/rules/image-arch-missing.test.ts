import { expect, test } from "vitest";
import { imageArchMissing } from "./image-arch-missing.ts";
import { said } from "./testing.ts";

test("the architecture that is asked for needs an image", () => {
  expect(said(imageArchMissing, "arch: aarch64\nimages: [{location: /a, arch: x86_64}]")).toEqual([
    "error arch",
  ]);
});

test("an image without an architecture has that of the template", () => {
  expect(said(imageArchMissing, "arch: aarch64\nimages: [{location: /a}]")).toEqual([]);
  expect(said(imageArchMissing, "images: [{location: /a, arch: x86_64}]")).toEqual([]);
  expect(said(imageArchMissing, "arch: default\nimages: [{location: /a, arch: x86_64}]")).toEqual([]);
});
