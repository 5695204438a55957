import { expect, test } from "vitest";
import { ports } from "./ports.ts";
import { said } from "./testing.ts";

test("22 is taken and ports end at 65535", () => {
  expect(said(ports, "ssh: {localPort: 22}")).toEqual(["error ssh.localPort"]);
  expect(said(ports, "ssh: {localPort: 70000}")).toEqual(["error ssh.localPort"]);
  expect(said(ports, "portForwards: [{guestPort: -1, hostPort: 22}]")).toEqual([
    "error portForwards[0].guestPort",
    "error portForwards[0].hostPort",
  ]);
});

test("0 lets Lima choose", () => {
  expect(said(ports, "ssh: {localPort: 0}")).toEqual([]);
});

test("a range begins before it ends and has no 0", () => {
  expect(said(ports, "portForwards: [{guestPortRange: [10, 5]}]")).toEqual([
    "error portForwards[0].guestPortRange",
  ]);
  expect(said(ports, "portForwards: [{guestPortRange: [0, 5]}]")).toEqual([
    "error portForwards[0].guestPortRange[0]",
  ]);
  expect(said(ports, "portForwards: [{guestPortRange: [5, 5]}]")).toEqual([]);
});

test("beside a socket the ports of the host are not used", () => {
  expect(
    said(ports, "portForwards: [{guestPort: 80, hostSocket: a.sock, hostPortRange: [0, 70000]}]"),
  ).toEqual([]);
});
