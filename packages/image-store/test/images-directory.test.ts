import { expect, test } from "vitest";

import { ImageStoreError, imagesDirectory } from "../src/index.ts";

test("images lie beside Lima's instances", () => {
  expect(imagesDirectory({ env: { HOME: "/home/some one" } })).toBe("/home/some one/.lima/_images");
  expect(imagesDirectory({ env: { HOME: "/home/x", LIMA_HOME: "/data/lima" } })).toBe("/data/lima/_images");
  expect(imagesDirectory({ env: { HOME: "/home/x", LIMA_HOME: "" } })).toBe("/home/x/.lima/_images");
});

test("without a home there is one clear error", () => {
  expect(() => imagesDirectory({ env: {} })).toThrow(ImageStoreError);
  expect(() => imagesDirectory({ env: { HOME: "" } })).toThrow(
    expect.objectContaining({ code: "HOME_UNSET" }) as Error,
  );
});
