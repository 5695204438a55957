import { expect, test } from "vitest";

import { kindOf } from "./magic.ts";

/** A file head with the given bytes at the given offset. */
function head(...parts: readonly [number, string][]): Buffer {
  const buffer = Buffer.alloc(33 * 1024);
  for (const [offset, bytes] of parts) buffer.write(bytes, offset, "latin1");
  return buffer;
}

test.each([
  ["qcow2", head([0, "QFI\xfb"])],
  ["raw", head([510, "\x55\xaa"])],
  ["raw", head([512, "EFI PART"])],
  ["raw", head([4096, "EFI PART"])],
])("a %s image", (format, bytes) => {
  expect(kindOf(bytes)).toEqual({ is: "image", format });
});

test("what begins like a qcow2 image is one, even with a boot record", () => {
  expect(kindOf(head([0, "QFI\xfb"], [510, "\x55\xaa"]))).toEqual({ is: "image", format: "qcow2" });
});

test.each([
  ["gzip", "\x1f\x8b"],
  ["zstd", "\x28\xb5\x2f\xfd"],
  ["xz", "\xfd7zXZ\x00"],
  ["bzip2", "BZh9"],
])("compressed with %s", (by, bytes) => {
  expect(kindOf(head([0, bytes]))).toEqual({ is: "compressed", by });
});

test.each([
  ["a VMDK image", head([0, "KDMV"])],
  ["a VDI image", head([64, "\x7f\x10\xda\xbe"])],
  ["a VHDX image", head([0, "vhdxfile"])],
  ["a LUKS volume", head([0, "LUKS\xba\xbe"])],
  ["an ISO image", head([32769, "CD001"], [510, "\x55\xaa"])],
  ["no disk image with a partition table", head([1080, "\x53\xef"])],
  ["empty", Buffer.alloc(0)],
  ["no disk image with a partition table", Buffer.from("QFI")],
])("%s", (what, bytes) => {
  expect(kindOf(bytes)).toEqual({ is: "other", what });
});
