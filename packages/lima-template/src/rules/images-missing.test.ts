import { expect, test } from "vitest";
import { imagesMissing } from "./images-missing.ts";
import { said } from "./testing.ts";

test("a template without an image has nothing to boot from", () => {
  expect(said(imagesMissing, "cpus: 2")).toEqual(["error images"]);
  expect(said(imagesMissing, "images: []")).toEqual(["error images"]);
  expect(said(imagesMissing, "images: [{location: /image}]")).toEqual([]);
});

test("images may still come where the template is a part", () => {
  expect(said(imagesMissing, "cpus: 2", { partial: true })).toEqual([]);
});
