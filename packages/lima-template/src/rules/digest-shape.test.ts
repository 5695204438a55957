import { expect, test } from "vitest";
import { digestShape } from "./digest-shape.ts";
import { said } from "./testing.ts";

const withDigest = (digest: string) => `images: [{location: /a, digest: "${digest}"}]`;

test.each([
  ["too short", "sha256:abc"],
  ["without algorithm", "a".repeat(64)],
  ["of an algorithm that Lima does not know", `md5:${"a".repeat(32)}`],
  ["in upper case", `sha256:${"A".repeat(64)}`],
  ["with other letters", `sha256:${"g".repeat(64)}`],
])("a digest %s is refused", (_what, digest) => {
  expect(said(digestShape, withDigest(digest))).toEqual(["error images[0].digest"]);
});

test.each([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
])("%s has %i hex digits", (algorithm, length) => {
  expect(said(digestShape, withDigest(`${algorithm}:${"0a".repeat(length / 2)}`))).toEqual([]);
});

test("digests of kernels, firmware and archives are looked at as well", () => {
  const yaml = `
images: [{location: /a, kernel: {location: /k, digest: x}, initrd: {location: /i, digest: x}}]
firmware: {images: [{location: /f, digest: x}]}
containerd: {archives: [{location: /c, digest: x}]}`;
  expect(said(digestShape, yaml)).toEqual([
    "error images[0].kernel.digest",
    "error images[0].initrd.digest",
    "error firmware.images[0].digest",
    "error containerd.archives[0].digest",
  ]);
});
