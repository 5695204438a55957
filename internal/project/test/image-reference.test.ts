import { expect, it } from "vitest";

import { parseImageReference } from "../src/index.ts";

const hex = "0a".repeat(32);

it.each([
  [".#image", { kind: "flake", installable: ".#image" }],
  [
    "github:owner/repo#packages.x86_64-linux.image",
    { kind: "flake", installable: "github:owner/repo#packages.x86_64-linux.image" },
  ],
  [
    "https://example.org/flake.tar.gz#image",
    { kind: "flake", installable: "https://example.org/flake.tar.gz#image" },
  ],
  ["/nix/store/x-image", { kind: "flake", installable: "/nix/store/x-image" }],
  ["lima-minimal", { kind: "store", name: "lima-minimal" }],
  [
    `https://example.org/x.qcow2@sha256:${hex}`,
    { kind: "url", url: "https://example.org/x.qcow2", sha256: hex },
  ],
  ["oci://ghcr.io/team/images:minimal", { kind: "url", url: "oci://ghcr.io/team/images:minimal" }],
  [
    `oci://ghcr.io/team/images@sha256:${hex}`,
    // The digest of a manifest, not of the file.
    { kind: "url", url: `oci://ghcr.io/team/images@sha256:${hex}` },
  ],
])("%s", (text, reference) => {
  expect(parseImageReference(text)).toEqual(reference);
});

it.each([
  "https://example.org/x.qcow2",
  "https://example.org/x.qcow2@sha256:12",
  "--option",
  "two words",
  "",
])("%j is none, and says why", (text) => {
  expect(parseImageReference(text)).toEqual({ kind: "bad", why: expect.stringMatching(/\w/) as unknown });
});
