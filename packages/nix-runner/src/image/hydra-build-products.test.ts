import { expect, test } from "vitest";

import { parseBuildProducts } from "./hydra-build-products.ts";

test("files are products, with and without quotes", () => {
  const text =
    'file qcow2-image /out/nixos.qcow2\nfile raw "/out/a b.img"\ndoc manual /out/doc\nfile\n\nnonsense\n';
  expect(parseBuildProducts(text)).toEqual(["/out/nixos.qcow2", "/out/a b.img"]);
});
