import { expect, test } from "vitest";
import { limaTooOld, minimumVersionMissing, minimumVersionShape } from "./minimum-version.ts";
import { said } from "./testing.ts";

test("a template should say which Lima it needs", () => {
  expect(said(minimumVersionMissing, "cpus: 2")).toEqual(["warning minimumLimaVersion"]);
  expect(said(minimumVersionMissing, "minimumLimaVersion: 1.1.0")).toEqual([]);
  expect(said(minimumVersionMissing, "cpus: 2", { partial: true })).toEqual([]);
});

test("a version has three numbers", () => {
  expect(said(minimumVersionShape, 'minimumLimaVersion: "1.1"')).toEqual(["error minimumLimaVersion"]);
  expect(said(minimumVersionShape, "vmOpts: {qemu: {minimumVersion: new}}")).toEqual([
    "error vmOpts.qemu.minimumVersion",
  ]);
  expect(said(minimumVersionShape, "minimumLimaVersion: v2.0.0-beta.1")).toEqual([]);
});

test("the Lima at hand must be new enough", () => {
  const yaml = "minimumLimaVersion: 2.0.0";
  expect(said(limaTooOld, yaml, { limaVersion: "1.2.2" })).toEqual(["error minimumLimaVersion"]);
  expect(said(limaTooOld, yaml, { limaVersion: "2.0.0" })).toEqual([]);
  expect(said(limaTooOld, yaml)).toEqual([]);
});

test("a development build is newer than any release", () => {
  expect(said(limaTooOld, "minimumLimaVersion: 9.0.0", { limaVersion: "<unknown>" })).toEqual([]);
});
