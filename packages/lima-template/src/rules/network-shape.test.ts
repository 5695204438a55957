import { expect, test } from "vitest";
import { networkShape } from "./network-shape.ts";
import { said } from "./testing.ts";

test.each([
  ["nothing to connect to", "{}", "networks[0]"],
  ["two things to connect to", "{lima: user-v2, vzNAT: true}", "networks[0]"],
  ["a short hardware address", '{lima: user-v2, macAddress: "52:55"}', "networks[0].macAddress"],
  [
    "a hardware address with both separators",
    '{lima: user-v2, macAddress: "52:55-55:12:34:56"}',
    "networks[0].macAddress",
  ],
  ["a long interface name", "{lima: user-v2, interface: interface-number-1}", "networks[0].interface"],
  ["a blank in the interface name", '{lima: user-v2, interface: "lima 0"}', "networks[0].interface"],
  ["the interface of Lima itself", "{lima: user-v2, interface: eth0}", "networks[0].interface"],
])("%s", (_what, network, path) => {
  expect(said(networkShape, `networks: [${network}]`)).toEqual([`error ${path}`]);
});

test("of two networks with one interface name Lima makes one", () => {
  const yaml = "networks: [{lima: user-v2, interface: n0}, {vzNAT: true, interface: n0}]";
  expect(said(networkShape, yaml)).toEqual(["warning networks[1].interface"]);
});

test.each([
  ["{lima: user-v2, interface: lima1}, {lima: user-v2}", ["error networks[1].interface"]],
  ["{lima: user-v2}, {lima: user-v2, interface: lima0}", ["error networks[1].interface"]],
  [
    "{interface: '*', metric: 3}, {lima: user-v2, interface: lima1}, {lima: user-v2}",
    ["error networks[2].interface"],
  ],
  ["{lima: user-v2, interface: lima0}, {lima: user-v2}, {lima: user-v2}", []],
])("networks without a name have one by their place: %s", (networks, expected) => {
  expect(said(networkShape, `networks: [${networks}]`)).toEqual(expected);
});

test("Lima looks for slashes and plain blanks only", () => {
  expect(said(networkShape, 'networks: [{lima: user-v2, interface: "a\\u00a0b"}]')).toEqual([]);
});

test("a good network", () => {
  expect(
    said(networkShape, 'networks: [{lima: user-v2, macAddress: "52:55:55:12:34:56", interface: n0}]'),
  ).toEqual([]);
});
