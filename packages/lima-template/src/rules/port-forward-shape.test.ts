import { expect, test } from "vitest";
import { portForwardShape } from "./port-forward-shape.ts";
import { said } from "./testing.ts";

test.each([
  ["a guest port beside a guest socket", "{guestPort: 1, guestSocket: /run/x, hostSocket: y}", "guestPort"],
  ["a host port beside a host socket", "{guestPort: 1, hostPort: 1, hostSocket: y}", "hostPort"],
  ["a port that is not the start of the range", "{guestPort: 5, guestPortRange: [6, 7]}", "guestPort"],
  [
    "guestIPMustBeZero with another address",
    "{guestIP: 127.0.0.1, guestIPMustBeZero: true}",
    "guestIPMustBeZero",
  ],
  ["guestIPMustBeZero with IPv6", '{guestIP: "::", guestIPMustBeZero: true}', "guestIPMustBeZero"],
  ["a guest socket at a place on the host", '{guestSocket: "{{.Dir}}/x", hostSocket: y}', "guestSocket"],
  ["a relative guest socket", "{guestSocket: run/x, hostSocket: y}", "guestSocket"],
  ["a guest socket to many ports", "{guestSocket: /run/x}", "guestSocket"],
  ["a host socket from many ports", "{hostSocket: x}", "hostSocket"],
  ["ranges of different length", "{guestPortRange: [1, 2], hostPortRange: [1, 3]}", "hostPortRange"],
  ["reverse without sockets", "{guestPort: 80, reverse: true}", "reverse"],
])("%s", (_what, rule, key) => {
  expect(said(portForwardShape, `portForwards: [${rule}]`)).toEqual([`error portForwards[0].${key}`]);
});

test.each([
  "{guestPort: 80, hostPort: 8080}",
  "{guestPortRange: [1, 2], hostPortRange: [3, 4]}",
  "{guestSocket: /run/x, hostSocket: y, reverse: true}",
  "{guestIP: 0.0.0.0, guestPort: 68, proto: udp, ignore: true}",
  `{guestIP: "", guestIPMustBeZero: true}`,
  `{guestIP: "::ffff:0.0.0.0", guestIPMustBeZero: true}`,
  "{guestPort: 80, guestPortRange: [0, 0]}",
  "{guestPort: 80, hostPort: 80, hostPortRange: [0, 0]}",
  "{}",
])("%s is fine", (rule) => {
  expect(said(portForwardShape, `portForwards: [${rule}]`)).toEqual([]);
});
