import { expect, it } from "vitest";

import { cellsOf, readSuite } from "../src/suite/index.ts";

function cells(text: string) {
  const { suite, findings } = readSuite(`name: x\n${text}\nchecks: [{port: 1}]\n`, "lima-ci.yaml");
  expect(findings).toEqual([]);
  return cellsOf(suite!.value);
}

it("a suite without a matrix is one cell", () => {
  expect(cells("image: .#mine")).toEqual([{ id: "default", image: ".#mine" }]);
});

it("a matrix is every combination of image, Lima version, vmType and arch, without those that are excluded", () => {
  const matrix = `matrix:
  image: [".#packages.{system}.small-image", {file: ./images/Full Disk.qcow2}]
  lima: ["2.2.0", "1.2.2"]
  arch: [x86_64, aarch64]
  exclude:
    - {lima: "1.2.2", arch: aarch64}
    - {image: full-disk, lima: "1.2.2"}`;
  expect(cells(matrix).map(({ id }) => id)).toEqual([
    "small-image-2.2.0-x86_64",
    "small-image-2.2.0-aarch64",
    "small-image-1.2.2-x86_64",
    "full-disk-2.2.0-x86_64",
    "full-disk-2.2.0-aarch64",
  ]);
});

it("an image outside the matrix is that of all cells, and does not lengthen their ids", () => {
  expect(cells("image: .#mine\nmatrix: {vmType: [qemu, vz]}")).toEqual([
    { id: "qemu", image: ".#mine", vmType: "qemu" },
    { id: "vz", image: ".#mine", vmType: "vz" },
  ]);
});
