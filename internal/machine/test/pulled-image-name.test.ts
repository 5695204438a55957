import { checkImageName } from "@sysinit/image-store";
import { expect, it } from "vitest";

import { pulledImageName } from "../src/pulled-image-name.ts";

it.each([
  ["https://example.org/images/NixOS_25.05.qcow2", "pulled-nixos-25-05"],
  ["https://example.org/nixos.img?signature=x/y", "pulled-nixos"],
  ["https://example.org/", "pulled-example-org"],
  ["oci://ghcr.io/team/images:minimal", "pulled-images"],
  [`oci://localhost:5000/team/lima-minimal@sha256:${"0a".repeat(32)}`, "pulled-lima-minimal"],
  [`https://example.org/${"x".repeat(300)}`, `pulled-${"x".repeat(40)}`],
  ["https://example.org/nixos-latest.qcow2", "pulled-nixos"],
  ["https://example.org/sysinit-x-20261123-070637.qcow2", "pulled-sysinit-x"],
  ["https://example.org/…", "pulled"],
])("%s is kept as %s", (address, name) => {
  expect(pulledImageName(address)).toBe(name);
  expect(() => checkImageName(name)).not.toThrow();
});
