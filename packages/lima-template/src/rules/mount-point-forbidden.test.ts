import { expect, test } from "vitest";
import { mountPointForbidden } from "./mount-point-forbidden.ts";
import { said } from "./testing.ts";

const mountAt = (mountPoint: string) =>
  `user: {name: dev, home: "/home/{{.User}}"}\nmounts: [{location: /srv, mountPoint: "${mountPoint}"}]`;

test.each([
  ["a system path", "/etc"],
  ["a system path with a slash behind", "/usr/"],
  ["the home", "{{.Home}}"],
  ["the home spelled out", "/home/dev"],
  ["a tilde", "~/projects"],
  ["a relative path", "projects"],
])("%s is no mount point", (_what, mountPoint) => {
  expect(said(mountPointForbidden, mountAt(mountPoint))).toEqual(["error mounts[0].mountPoint"]);
});

test.each(["{{.Home}}/projects", "/mnt/x", "/home/dev/.ssh", "{{.Param.WHERE}}", "*"])(
  "%s is one",
  (mountPoint) => {
    expect(said(mountPointForbidden, mountAt(mountPoint))).toEqual([]);
  },
);

test("without a mount point the host path counts", () => {
  expect(said(mountPointForbidden, "mounts: [{location: /tmp}]")).toEqual(["error mounts[0].location"]);
  expect(said(mountPointForbidden, 'mounts: [{location: "~"}]')).toEqual([]);
  const called = 'user: {name: dev, home: "~"}';
  expect(said(mountPointForbidden, `${called}\nmounts: [{location: "~"}]`)).toEqual([]);
});
