import { expect, test } from "vitest";
import { experimental } from "./experimental.ts";
import { said } from "./testing.ts";

test.each([
  ["os: Windows", "os"],
  ["arch: riscv64", "arch"],
  ["video: {display: 'vnc,to=9'}", "video.display"],
  ["audio: {device: alsa}", "audio.device"],
  ["mountInotify: true", "mountInotify"],
  ["plain: true\nuser: {passwordlessSudo: false}", "user.passwordlessSudo"],
])("%s", (yaml, path) => {
  expect(said(experimental, yaml)).toEqual([`warning ${path}`]);
});

test("parameters need sudo", () => {
  expect(said(experimental, "user: {passwordlessSudo: false}\nparam: {A: a}")).toContain("warning param");
});

test("nothing else is", () => {
  expect(said(experimental, "os: Linux\narch: x86_64\nuser: {passwordlessSudo: true}")).toEqual([]);
});
