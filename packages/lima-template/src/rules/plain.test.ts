import { expect, test } from "vitest";
import { plainDrops } from "./plain.ts";
import { said } from "./testing.ts";

const dropped =
  "mounts: [{location: /srv}]\ncontainerd: {user: true}\nportForwards: [{guestPort: 80}, {guestPort: 81, static: true}]";

test("what plain mode leaves out", () => {
  expect(said(plainDrops, `plain: true\n${dropped}`)).toEqual([
    "warning mounts",
    "warning containerd.user",
    "warning portForwards[0]",
  ]);
  expect(said(plainDrops, dropped)).toEqual([]);
});

test("a wide range of static ports is opened at once", () => {
  const yaml = "plain: true\nportForwards: [{guestPortRange: [1024, 2048], static: true}]";
  expect(said(plainDrops, yaml)).toEqual(["warning portForwards[0].guestPortRange"]);
});
