import { expect, test } from "vitest";
import { containerdOn } from "./containerd-on.ts";
import { said } from "./testing.ts";

test("containerd is on unless it is switched off", () => {
  expect(said(containerdOn, "cpus: 2")).toEqual(["warning containerd.user"]);
  expect(said(containerdOn, "containerd: {system: false}")).toEqual(["warning containerd.user"]);
  expect(said(containerdOn, "containerd: {system: false, user: false}")).toEqual([]);
});

test("where it is off by default nothing is said", () => {
  expect(said(containerdOn, "plain: true")).toEqual([]);
  expect(said(containerdOn, "arch: riscv64")).toEqual([]);
  expect(said(containerdOn, "os: Darwin")).toEqual([]);
});
