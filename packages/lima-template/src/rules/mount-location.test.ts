import { expect, test } from "vitest";
import { mountLocation } from "./mount-location.ts";
import { said } from "./testing.ts";

test.each(["projects", "./projects", "~other/projects", "~/../projects"])(
  "%s is not a host path that Lima expands",
  (location) => {
    expect(said(mountLocation, `mounts: [{location: "${location}"}]`)).toEqual(["error mounts[0].location"]);
  },
);

test.each(["/srv", "~", "~/projects", "{{.Dir}}/x", "*"])("%s is one", (location) => {
  expect(said(mountLocation, `mounts: [{location: "${location}"}]`)).toEqual([]);
});

test("what counts is the path that Lima has filled in", () => {
  const at = (location: string, value: string) =>
    said(mountLocation, `param: {A: "${value}"}\nmounts: [{location: '${location}'}]`);
  expect(at("{{.Param.A}}", "~/x")).toEqual([]);
  expect(at("{{.Param.A}}", "~other/x")).toEqual(["error mounts[0].location"]);
  expect(at('{{"srv"}}', "")).toEqual(["error mounts[0].location"]);
  expect(at("{{foo}}", "")).toEqual(["error mounts[0].location"]);
});

test("* says that a mount is for all others as its mount point, and else is no path", () => {
  expect(said(mountLocation, 'mounts: [{location: x, mountPoint: "*"}]')).toEqual([]);
  expect(said(mountLocation, 'mounts: [{location: "*", mountPoint: /x}]')).toEqual([
    "error mounts[0].location",
  ]);
});
