import { expect, test } from "vitest";
import { hostKeysLoaded } from "./host-keys-loaded.ts";
import { said } from "./testing.ts";

test("loading the keys of the host is worth a word", () => {
  expect(said(hostKeysLoaded, "ssh: {loadDotSSHPubKeys: true}")).toEqual(["warning ssh.loadDotSSHPubKeys"]);
  expect(said(hostKeysLoaded, "ssh: {loadDotSSHPubKeys: false}")).toEqual([]);
});
