import { expect, test } from "vitest";
import { sudoNeedsPlain, userHomeDefault, userRefused } from "./user.ts";
import { said } from "./testing.ts";

test("root and relative shells are refused", () => {
  expect(said(userRefused, "user: {name: root}")).toEqual(["error user.name"]);
  expect(said(userRefused, "user: {uid: 0}")).toEqual(["error user.uid"]);
  expect(said(userRefused, "user: {shell: zsh}")).toEqual(["error user.shell"]);
  expect(said(userRefused, "user: {name: dev, uid: 1000, shell: /bin/zsh}")).toEqual([]);
});

test("Windows guests have shells of their own", () => {
  expect(said(userRefused, "os: Windows\nuser: {shell: powershell.exe}")).toEqual([]);
  expect(said(userRefused, "os: Windows\nuser: {shell: /bin/sh}")).toEqual(["error user.shell"]);
});

test("a name without a home gives a home that depends on the version", () => {
  expect(said(userHomeDefault, "user: {name: dev}")).toEqual(["warning user.name"]);
  expect(said(userHomeDefault, "user: {name: dev, home: /home/dev}")).toEqual([]);
  expect(said(userHomeDefault, "user: {}")).toEqual([]);
});

test("sudo with a password needs plain mode", () => {
  expect(said(sudoNeedsPlain, "user: {passwordlessSudo: false}")).toEqual(["error user.passwordlessSudo"]);
  expect(said(sudoNeedsPlain, "plain: true\nuser: {passwordlessSudo: false}")).toEqual([]);
  expect(said(sudoNeedsPlain, "os: Darwin\nuser: {passwordlessSudo: true}")).toEqual([
    "error user.passwordlessSudo",
  ]);
});
