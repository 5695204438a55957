import { expect, test } from "vitest";
import { mountPointDuplicate } from "./mount-point-duplicate.ts";
import { said } from "./testing.ts";

test("the second mount of a mount point would be dropped", () => {
  const yaml = "mounts: [{location: /a, mountPoint: /mnt/x}, {location: /b, mountPoint: /mnt/x/}]";
  expect(said(mountPointDuplicate, yaml)).toEqual(["error mounts[1]"]);
});

test("the host path is the mount point where none is given", () => {
  expect(said(mountPointDuplicate, "mounts: [{location: /a}, {location: /b, mountPoint: /a}]")).toEqual([
    "error mounts[1]",
  ]);
  expect(said(mountPointDuplicate, "mounts: [{location: /a/b}, {location: /a/c/../b}]")).toEqual([
    "error mounts[1]",
  ]);
  expect(said(mountPointDuplicate, "mounts: [{location: /a}, {location: /a, mountPoint: /b}]")).toEqual([]);
});
