import { expect, test } from "vitest";
import { checkAgainstImage } from "./check-against-image.ts";
import { readTemplate } from "./read-template.ts";

const gib = 1024 ** 3;

function findings(text: string, image: Parameters<typeof checkAgainstImage>[1]) {
  const { template } = readTemplate({ text: `images: [{location: /a}]\n${text}`, file: "a.yaml" });
  return template ? checkAgainstImage(template, image) : ["no template"];
}

test("a disk below the image's virtual size cannot be made", () => {
  expect(findings("disk: 4GiB", { virtualBytes: 4.9 * gib, format: "qcow2" })).toEqual([
    {
      severity: "error",
      code: "DISK_BELOW_IMAGE",
      path: "disk",
      message: "4GiB is smaller than the image's 4.9GiB, and Lima cannot shrink an image",
      hint: "set `disk: 5GiB` or more; unused space costs nothing",
      file: "a.yaml",
      line: 2,
      column: 7,
      sourceLine: "disk: 4GiB",
    },
  ]);
});

test("as large is large enough, and the default is 100GiB", () => {
  expect(findings("disk: 4GiB", { virtualBytes: 4 * gib, format: "raw" })).toEqual([]);
  expect(findings("", { virtualBytes: 100 * gib, format: "raw" })).toEqual([]);
  expect(findings("", { virtualBytes: 101 * gib, format: "raw" })).toMatchObject([
    { code: "DISK_BELOW_IMAGE" },
  ]);
});

test("the architecture fits", () => {
  const image = { virtualBytes: gib, format: "raw", arch: "aarch64" } as const;
  const withArch = "arch: x86_64";
  expect(findings(withArch, image)).toMatchObject([{ code: "IMAGE_ARCH_MISSING", path: "arch", line: 2 }]);
  expect(findings("arch: aarch64", image)).toEqual([]);
  expect(findings("", image)).toEqual([]);
});

test("vz is slow with qcow2", () => {
  expect(findings("vmType: vz", { virtualBytes: gib, format: "qcow2" })).toMatchObject([
    { severity: "warning", code: "IMAGE_FORMAT_SLOW" },
  ]);
  expect(findings("vmType: vz", { virtualBytes: gib, format: "raw" })).toEqual([]);
});
