import { expect, test } from "vitest";

import { isAtLeast, parseNixVersion } from "./version.ts";

test.each([
  ["nix (Nix) 2.26.3\n", "2.26.3", "nix"],
  ["nix (Nix) 2.19pre20231010_abc", "2.19", "nix"],
  ["nix (Lix, like Nix) 2.94.0-pre2025\nSystem type: x86_64-linux", "2.94.0", "lix"],
  ["nix (Determinate Nix 3.8.5) 2.30.2", "2.30.2", "determinate"],
  ["warning: something\nnix (Nix) 2.34.8", "2.34.8", "nix"],
])("whose nix it is, and which: %j", (output, version, flavour) => {
  expect(parseNixVersion(output)).toEqual({ version, flavour });
});

test("the output of another program is no version", () => {
  expect(parseNixVersion("nixos 24.05")).toBeUndefined();
});

test("versions are compared by number", () => {
  expect(isAtLeast("2.8.0", "2.18")).toBe(false);
  expect(isAtLeast("2.17.9", "2.18")).toBe(false);
  expect(isAtLeast("2.18", "2.18")).toBe(true);
  expect(isAtLeast("2.100.1", "2.18")).toBe(true);
  expect(isAtLeast("3.0", "2.18")).toBe(true);
});
