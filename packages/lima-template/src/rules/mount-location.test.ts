import { expect, test } from "vitest";
import { mountLocation } from "./mount-location.ts";
import { said } from "./testing.ts";

test.each(["projects", "./projects", "~other/projects"])(
  "%s is not a host path that Lima expands",
  (location) => {
    expect(said(mountLocation, `mounts: [{location: "${location}"}]`)).toEqual(["error mounts[0].location"]);
  },
);

test.each(["/srv", "~", "~/projects", "{{.Dir}}/x", "*"])("%s is one", (location) => {
  expect(said(mountLocation, `mounts: [{location: "${location}"}]`)).toEqual([]);
});

test("* says that a mount is for all others as its mount point, and else is no path", () => {
  expect(said(mountLocation, 'mounts: [{location: x, mountPoint: "*"}]')).toEqual([]);
  expect(said(mountLocation, 'mounts: [{location: "*", mountPoint: /x}]')).toEqual([
    "error mounts[0].location",
  ]);
});
