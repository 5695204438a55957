import { expect, test } from "vitest";

import { readCapture } from "../../test/replay.ts";
import { parseBuildOutput } from "./build-output.ts";
import { derivationName, parseDerivationSystem } from "./derivation.ts";
import { flakeDirectory } from "./flake-directory.ts";
import { parseFlakeMetadata } from "./flake-metadata.ts";

test.each(["2.8/01-success", "2.26/01-success", "2.26/02-noop-rebuild", "2.34/01-success"])(
  "a build's answer, %s",
  (name) => {
    expect(parseBuildOutput(readCapture(name).stdout)).toEqual({
      drvPath: "/nix/store/b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-nixos-disk-image.drv",
      outputs: { out: "/nix/store/3769fw95fz8hdacs31qprcxi3ydxpa8y-nixos-disk-image" },
    });
  },
);

test.each([
  "",
  "null",
  "[]",
  "[1]",
  '["/nix/store/x"]',
  '[{"drvPath":"/x.drv","outputs":{}}]',
  '[{"drvPath":"/x.drv","outp',
])("%j is no answer", (stdout) => {
  expect(parseBuildOutput(stdout)).toBeUndefined();
});

test("a clean git tree has a revision, a changed one a dirty revision, a directory neither", () => {
  const url = "git+file:///home/dev/flake";
  const locked = { narHash: "sha256-x" };
  expect(parseFlakeMetadata(JSON.stringify({ url, revision: "4197af", locked }))).toEqual({
    url,
    revision: "4197af",
    narHash: "sha256-x",
  });
  expect(parseFlakeMetadata(JSON.stringify({ resolvedUrl: url, dirtyRevision: "4197af-dirty" }))).toEqual({
    url,
    dirtyRevision: "4197af-dirty",
  });
  expect(parseFlakeMetadata(JSON.stringify({ url: "path:/x" }))).toEqual({ url: "path:/x" });
  expect(parseFlakeMetadata("error")).toBeUndefined();
  expect(parseFlakeMetadata('{"url":3}')).toBeUndefined();
});

test("the system stands in the derivation behind its inputs and sources", () => {
  const outputs = '[("out","/nix/store/x-image","","")]';
  const inputs = '[("/nix/store/y-base.drv",["out"])]';
  const rest = '"aarch64-linux","/bin/sh",["-c","echo"],[("system","x")])';
  expect(parseDerivationSystem(`Derive(${outputs},${inputs},["/nix/store/z-s"],${rest}`)).toBe(
    "aarch64-linux",
  );
  expect(parseDerivationSystem(`Derive(${outputs},[],[],${rest}`)).toBe("aarch64-linux");
  expect(parseDerivationSystem("")).toBeUndefined();
});

test("the name of a derivation has no hash", () => {
  expect(derivationName("/nix/store/b12k4w9yqv2mc3f3b6mb6wi7dl0bqxbc-nixos-disk-image.drv")).toBe(
    "nixos-disk-image",
  );
});

test("the directory of a local flake", () => {
  expect(flakeDirectory("git+file:///home/dev/flake?dir=x#image")).toBe("/home/dev/flake");
  expect(flakeDirectory("path:/home/dev/a%20b#image")).toBe("/home/dev/a b");
  expect(flakeDirectory("github:o/r#image")).toBeUndefined();
  expect(flakeDirectory(undefined)).toBeUndefined();
});
