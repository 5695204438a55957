import { expect, test } from "vitest";
import { imagePartArch } from "./image-part-arch.ts";
import { said } from "./testing.ts";

test("kernel and initrd have the architecture of their image", () => {
  const image = (arch: string) =>
    `images: [{location: /a, arch: x86_64, kernel: {location: /k, arch: ${arch}}}]`;
  expect(said(imagePartArch, image("aarch64"))).toEqual(["error images[0].kernel.arch"]);
  expect(said(imagePartArch, image("x86_64"))).toEqual([]);
  expect(said(imagePartArch, "images: [{location: /a, arch: x86_64, initrd: {location: /i}}]")).toEqual([]);
});
