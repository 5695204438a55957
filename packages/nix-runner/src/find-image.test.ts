import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

import { temporaryDirectory } from "../test/temporary-directory.ts";
import { findImage } from "./find-image.ts";

const qcow2 = "QFI\xfb\0\0\0\x03";
const raw = `${"\0".repeat(510)}\x55\xaa`;

/** An output with these files; a value that begins with "->" is a link. */
function output(files: Record<string, string>): string {
  const outPath = join(temporaryDirectory(), "out");
  mkdirSync(outPath);
  for (const [name, content] of Object.entries(files)) {
    const file = join(outPath, name);
    mkdirSync(dirname(file), { recursive: true });
    if (content.startsWith("->")) symlinkSync(content.slice(2), file);
    else writeFileSync(file, content, "latin1");
  }
  return outPath;
}

test("the output itself", async () => {
  const file = join(temporaryDirectory(), "image");
  writeFileSync(file, qcow2, "latin1");
  expect(await findImage({ outPath: file })).toEqual({ file, format: "qcow2" });
});

test("the only image in the output, at most one folder down", async () => {
  const outPath = output({ "nixos.img": raw, "readme.txt": "text", "nix-support/propagated": "" });
  expect(await findImage({ outPath })).toEqual({ file: join(outPath, "nixos.img"), format: "raw" });
  const nested = output({ "sd-image/nixos.img": raw, "deep/er/other.img": raw });
  expect(await findImage({ outPath: nested })).toEqual({
    file: join(nested, "sd-image/nixos.img"),
    format: "raw",
  });
});

test("what the derivation names as its product, before what is only there", async () => {
  const outPath = output({ "one.qcow2": qcow2, "two.qcow2": qcow2 });
  mkdirSync(join(outPath, "nix-support"));
  writeFileSync(
    join(outPath, "nix-support/hydra-build-products"),
    `file qcow2-image "${outPath}/two.qcow2"\n`,
  );
  expect(await findImage({ outPath })).toEqual({ file: join(outPath, "two.qcow2"), format: "qcow2" });
});

test("the file that the caller names, before all else", async () => {
  const outPath = output({ "one.qcow2": qcow2, "two.qcow2": qcow2, disk: raw });
  expect(await findImage({ outPath, filePath: "two.qcow2" })).toMatchObject({
    file: join(outPath, "two.qcow2"),
  });
  expect(await findImage({ outPath, filePath: join(outPath, "disk") })).toMatchObject({ format: "raw" });
});

test("the content tells the format, not the name", async () => {
  const outPath = output({ "nixos.img": qcow2 });
  expect(await findImage({ outPath })).toMatchObject({ format: "qcow2" });
});

test("two names for one file are one image", async () => {
  const outPath = output({ "nixos.qcow2": qcow2, "latest.qcow2": "->nixos.qcow2" });
  expect(await findImage({ outPath })).toMatchObject({ file: join(outPath, "nixos.qcow2") });
});

test("several images are all named", async () => {
  const outPath = output({ "one.qcow2": qcow2, "two.raw": raw });
  await expect(findImage({ outPath, installable: ".#image" })).rejects.toMatchObject({
    code: "IMAGE_AMBIGUOUS",
    message: `there are 2 images in .#image (${outPath}): ${outPath}/one.qcow2, ${outPath}/two.raw`,
    details: { files: [join(outPath, "one.qcow2"), join(outPath, "two.raw")] },
  });
});

test("no image, no output, no such file", async () => {
  await expect(findImage({ outPath: output({ "bin/tool": "x" }) })).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
  });
  await expect(findImage({ outPath: "/nonexistent/out" })).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
  const outPath = output({ "folder.img/x": "" });
  await expect(findImage({ outPath, filePath: "other" })).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
  await expect(findImage({ outPath, filePath: "folder.img" })).rejects.toMatchObject({
    code: "IMAGE_NOT_FOUND",
  });
});

test.each(["nixos.img.zst", "nixos.img"])("a compressed image, called %s", async (name) => {
  await expect(findImage({ outPath: output({ [name]: "\x28\xb5\x2f\xfd" }) })).rejects.toMatchObject({
    code: "IMAGE_COMPRESSED",
    details: { compression: "zstd" },
  });
});

test("an image of another kind is named for what it is", async () => {
  await expect(findImage({ outPath: output({ "nixos.vmdk": "KDMV" }) })).rejects.toMatchObject({
    code: "IMAGE_UNSUPPORTED",
    message: expect.stringContaining("a VMDK image"),
  });
});

test("nothing outside of the output is taken, by link or by name", async () => {
  const other = join(temporaryDirectory(), "secret.img");
  writeFileSync(other, raw, "latin1");
  const outside = { code: "IMAGE_OUTSIDE_OUTPUT" };
  await expect(findImage({ outPath: output({ "nixos.img": `->${other}` }) })).rejects.toMatchObject(outside);
  const outPath = output({ "nix-support/hydra-build-products": `file raw ${other}\n` });
  await expect(findImage({ outPath })).rejects.toMatchObject(outside);
  await expect(findImage({ outPath, filePath: "../secret.img" })).rejects.toMatchObject(outside);
  await expect(findImage({ outPath, filePath: other })).rejects.toMatchObject(outside);
});
