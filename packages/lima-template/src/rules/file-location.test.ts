import { expect, test } from "vitest";
import { fileLocation } from "./file-location.ts";
import { said } from "./testing.ts";

test("paths that Lima cannot expand", () => {
  const yaml = `images: [{location: ~root/a, kernel: {location: ""}}]\ncontainerd: {archives: [{location: ~a/b}]}`;
  expect(said(fileLocation, yaml)).toEqual([
    "error images[0].location",
    "error images[0].kernel.location",
    "error containerd.archives[0].location",
  ]);
});

test("a relative path depends on where limactl is started", () => {
  expect(said(fileLocation, "images: [{location: a.qcow2}]")).toEqual(["warning images[0].location"]);
});

test.each(["/a.qcow2", "~/a.qcow2", "https://example.com/a.qcow2", "file:///a.qcow2"])(
  "%s is fine",
  (location) => {
    expect(said(fileLocation, `images: [{location: "${location}"}]`)).toEqual([]);
  },
);
