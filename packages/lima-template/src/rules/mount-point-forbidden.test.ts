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
  ["what limactl gives to all mounts before", "*"],
])("%s is no mount point", (_what, mountPoint) => {
  expect(said(mountPointForbidden, mountAt(mountPoint))).toEqual(["error mounts[0].mountPoint"]);
});

test.each(["{{.Home}}/projects", "/mnt/x", "/home/dev/.ssh", "{{.Param.WHERE}}"])(
  "%s is one",
  (mountPoint) => {
    expect(said(mountPointForbidden, mountAt(mountPoint))).toEqual([]);
  },
);

test.each(["/usr/.", "/srv/../etc", "/srv/..", "//", "{{.GlobalTempDir}}", "{{.GlobalTempDir}}/."])(
  "a host path is cleaned before it becomes the mount point: %s",
  (location) => {
    expect(said(mountPointForbidden, `mounts: [{location: "${location}"}]`)).toEqual([
      "error mounts[0].location",
    ]);
  },
);

test.each([
  ["name: a", "/home/a.guest", {}],
  ["name: a", "/home/a.linux", { limaVersion: "1.2.2" }],
  ["uid: 1000", "/home/{{.User}}.guest", {}],
])("the home that a user of %s has by default is none: %s", (user, mountPoint, context) => {
  const yaml = `user: {${user}}\nmounts: [{location: /srv, mountPoint: "${mountPoint}"}]`;
  expect(said(mountPointForbidden, yaml, context)).toEqual(["error mounts[0].mountPoint"]);
  expect(said(mountPointForbidden, yaml, { ...context, partial: true })).toEqual([]);
});

test("macOS guests have homes elsewhere", () => {
  const yaml = "os: Darwin\nuser: {name: a}\nmounts: [{location: /srv, mountPoint: /Users/a.guest}]";
  expect(said(mountPointForbidden, yaml)).toEqual(["error mounts[0].mountPoint"]);
});

test("without a mount point the host path counts", () => {
  expect(said(mountPointForbidden, "mounts: [{location: /tmp}]")).toEqual(["error mounts[0].location"]);
  expect(said(mountPointForbidden, 'mounts: [{location: "~"}]')).toEqual([]);
  // The home of the host's user, which need not be the guest's.
  const elsewhere = "user: {name: dev, home: /srv/dev}";
  expect(said(mountPointForbidden, `${elsewhere}\nmounts: [{location: "{{.Home}}"}]`)).toEqual([]);
  const called = 'user: {name: dev, home: "~"}';
  expect(said(mountPointForbidden, `${called}\nmounts: [{location: "~"}]`)).toEqual([]);
});
