import { expect, test } from "vitest";
import { hostSocketLength } from "./host-socket-length.ts";
import { said } from "./testing.ts";

const socketOf = (bytes: number) =>
  `portForwards: [{guestPort: 80, hostSocket: "/${"a".repeat(bytes - 1)}"}]`;

test("what counts is the path that Lima has filled in", () => {
  const socket = (text: string) =>
    said(hostSocketLength, `portForwards: [{guestPort: 80, hostSocket: "${text}"}]`);
  const long = "a".repeat(120);
  expect(
    said(hostSocketLength, `param: {A: /${long}}\nportForwards: [{hostSocket: "{{.Param.A}}"}]`),
  ).toEqual(["error portForwards[0].hostSocket"]);
  expect(socket(`{{.Dir}}/${long}`)).toEqual(["error portForwards[0].hostSocket"]);
  expect(socket(`/x{{/* ${long} */}}`)).toEqual([]);
});

test("a socket's path has a limit", () => {
  expect(said(hostSocketLength, socketOf(108))).toEqual(["error portForwards[0].hostSocket"]);
  expect(said(hostSocketLength, socketOf(104))).toEqual(["warning portForwards[0].hostSocket"]);
  expect(said(hostSocketLength, socketOf(103))).toEqual([]);
});
