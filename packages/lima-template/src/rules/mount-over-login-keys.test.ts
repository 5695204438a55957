import { expect, test } from "vitest";
import { mountOverLoginKeys } from "./mount-over-login-keys.ts";
import { said } from "./testing.ts";

const home = "user: {name: dev, home: /home/dev}\n";

test.each(["{{.Home}}/.ssh", "/home/dev/.ssh", "/home/dev//.ssh/"])(
  "a mount at %s hides the login keys",
  (mountPoint) => {
    const yaml = `${home}mounts: [{location: "~/.ssh", mountPoint: "${mountPoint}"}]`;
    expect(said(mountOverLoginKeys, yaml)).toEqual(["warning mounts[0].mountPoint"]);
  },
);

test("also where the home is not known", () => {
  expect(said(mountOverLoginKeys, 'mounts: [{location: /x, mountPoint: "{{.Home}}/.ssh"}]')).toEqual([
    "warning mounts[0].mountPoint",
  ]);
});

test.each(["{{.Home}}/.ssh-host", "/home/other/.ssh", "{{.Home}}/.ssh/host"])(
  "a mount at %s does not",
  (mountPoint) => {
    expect(
      said(mountOverLoginKeys, `${home}mounts: [{location: "~/.ssh", mountPoint: "${mountPoint}"}]`),
    ).toEqual([]);
  },
);
