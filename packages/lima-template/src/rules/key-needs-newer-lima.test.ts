import { expect, test } from "vitest";
import { keyNeedsNewerLima } from "./key-needs-newer-lima.ts";
import { said } from "./testing.ts";

const yaml = `
minimumLimaVersion: 1.1.0
tpm: true
user: {passwordlessSudo: true}
provision: [{mode: yq, path: /a, expression: .}]
portForwards: [{guestPort: 80, static: true}]
images: [{location: /a, variant: server}]
`;

test("keys newer than the oldest Lima allowed", () => {
  expect(said(keyNeedsNewerLima, yaml)).toEqual([
    "warning tpm",
    "warning user.passwordlessSudo",
    "warning images[0].variant",
    "warning provision[0].mode",
    "warning portForwards[0].static",
  ]);
});

test.each([
  ["os: FreeBSD", "os"],
  ["ssh: {overVsock: true}", "ssh.overVsock"],
  ["vmOpts: {vz: {diskImageFormat: raw}}", "vmOpts.vz.diskImageFormat"],
])("%s came with 2.1", (key, path) => {
  expect(said(keyNeedsNewerLima, key, { limaVersion: "2.0.3" })).toEqual([`error ${path}`]);
  expect(said(keyNeedsNewerLima, key, { limaVersion: "2.1.0" })).toEqual([]);
});

test("and others with 2.0 and 2.2", () => {
  expect(said(keyNeedsNewerLima, "vmType: krunkit", { limaVersion: "1.2.2" })).toEqual(["error vmType"]);
  expect(said(keyNeedsNewerLima, "vmType: krunkit", { limaVersion: "2.0.0" })).toEqual([]);
  expect(said(keyNeedsNewerLima, "audio: {interface: hda}", { limaVersion: "2.1.3" })).toEqual([
    "error audio.interface",
  ]);
});

test("nothing is said where the template asks for that Lima", () => {
  expect(said(keyNeedsNewerLima, yaml.replace("1.1.0", "2.2.0"))).toEqual([]);
});

test("they are errors for a Lima that does not know them", () => {
  expect(said(keyNeedsNewerLima, "tpm: true", { limaVersion: "1.2.2" })).toEqual(["error tpm"]);
  expect(said(keyNeedsNewerLima, "tpm: true", { limaVersion: "2.2.0" })).toEqual([]);
});
