import { expect, test } from "vitest";

import { judgeMounts, mountPoints } from "./mounts.ts";

const table = [
  "22 28 0:20 / /proc rw,nosuid - proc proc rw",
  "29 1 254:2 / / rw,relatime shared:1 - ext4 /dev/vda2 rw",
  "60 29 0:45 / /home/dev.guest/projects rw,sync - 9p lima-0 rw,access=client",
  "61 29 0:46 / /mnt/a\\040b\\134c\\303\\274 rw - 9p lima-1 rw",
].join("\n");

test("mount points are read with what is escaped in them", () => {
  expect(mountPoints(table)).toEqual(["/proc", "/", "/home/dev.guest/projects", "/mnt/a b\\cü"]);
});

test("a path is mounted where it really is", () => {
  const paths = ["/home/dev/projects", "/mnt/a b\\cü", "/home/dev/.ssh"];
  const real = ["/home/dev.guest/projects", "/mnt/a b\\cü", "/home/dev.guest/.ssh"].join("\n");
  expect(judgeMounts(`${table}\n\n${real}\n`, paths)).toEqual(["/home/dev/.ssh"]);
});

test("output that is no table means that nothing is mounted", () => {
  expect(judgeMounts("", ["/a"])).toEqual(["/a"]);
});
