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
