import { expect, test } from "vitest";

import { readCapture } from "../../test/replay.ts";
import { parseConfiguration } from "./configuration.ts";

test.each([
  ["2.26/58-config-show", ["benchmark", "big-parallel", "kvm", "nixos-test", "uid-range"]],
  ["2.34/58-config-show", ["benchmark", "big-parallel", "nixos-test", "uid-range"]],
])("what nix says of itself, %s", (capture, systemFeatures) => {
  expect(parseConfiguration(readCapture(capture).stdout)).toEqual({
    system: "x86_64-linux",
    extraPlatforms: ["i686-linux", "x86_64-v1-linux", "x86_64-v2-linux", "x86_64-v3-linux"],
    systemFeatures,
    maxJobs: 1,
    builders: "@/etc/nix/machines",
    externalBuilders: [],
  });
});

test("what a nix leaves out has its default", () => {
  expect(parseConfiguration('{"system":{"value":"aarch64-darwin"}}')).toEqual({
    system: "aarch64-darwin",
    extraPlatforms: [],
    systemFeatures: [],
    maxJobs: 1,
    builders: "",
    externalBuilders: [],
  });
});

test.each(["", "{", "[]", '{"system":"x"}'])("%j is none", (stdout) => {
  expect(parseConfiguration(stdout)).toBeUndefined();
});
