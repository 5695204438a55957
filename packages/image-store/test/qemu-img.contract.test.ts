import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";

import { ImageStoreError, inspectImage, installImage, verifyImage } from "../src/index.ts";
import { qcow2, rawDisk } from "./images.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

interface Info {
  format: string;
  "virtual-size": number;
  "backing-filename"?: string;
  encrypted?: boolean;
  snapshots?: unknown[];
  "dirty-flag"?: boolean;
  "format-specific"?: {
    data: Record<string, unknown> & { corrupt?: boolean; "data-file"?: string };
  };
}

const mebibyte = 1024 ** 2;
let version = "";

beforeAll(() => {
  version = execFileSync("qemu-img", ["--version"], { encoding: "utf8" }).split("\n")[0]!;
});

function qemuImg(directory: string, ...args: string[]): string {
  return execFileSync("qemu-img", args, {
    cwd: directory,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function info(file: string, format = "qcow2"): Info {
  return JSON.parse(qemuImg("/", "info", "--output=json", "-f", format, file)) as Info;
}

/** A directory with a raw disk that has a partition table and data. */
function directoryWithDisk(): string {
  const directory = temporaryDirectory();
  const disk = rawDisk(8 * mebibyte);
  randomBytes(mebibyte).copy(disk, mebibyte);
  writeFileSync(join(directory, "disk.raw"), disk);
  return directory;
}

type Make = (directory: string) => void;
const convert =
  (...options: string[]): Make =>
  (directory) =>
    void qemuImg(directory, "convert", "-f", "raw", "-O", "qcow2", ...options, "disk.raw", "image");
const create =
  (...args: string[]): Make =>
  (directory) =>
    void qemuImg(directory, "create", "-q", "-f", "qcow2", ...args);

/** Sets bits of a byte of the header. */
function patch(directory: string, offset: number, bits: number): void {
  const image = readFileSync(join(directory, "image"));
  image[offset]! |= bits;
  writeFileSync(join(directory, "image"), image);
}

test.each<[string, Make, RegExp?]>([
  ["converted", convert()],
  ["of version 2", convert("-o", "compat=0.10")],
  ["compressed with zlib", convert("-c")],
  ["compressed with zstd", convert("-c", "-o", "compression_type=zstd"), /zstd/],
  ["with extended L2 entries", convert("-o", "extended_l2=on"), /extended L2/],
  ["with lazy refcounts", convert("-o", "lazy_refcounts=on")],
  ["with clusters of 512 bytes", convert("-o", "cluster_size=512")],
  ["with clusters of 2 MiB", convert("-o", "cluster_size=2M")],
  ["with refcounts of 1 bit", convert("-o", "refcount_bits=1")],
  ["with refcounts of 64 bits", convert("-o", "refcount_bits=64")],
  ["with preallocated metadata", create("-o", "preallocation=metadata", "image", "128M")],
  ["that is empty", create("image", "20G")],
  ["of 16 TiB", create("-o", "cluster_size=2M", "image", "16T")],
  [
    "with a bitmap",
    (directory) => {
      convert()(directory);
      qemuImg(directory, "bitmap", "--add", "image", "changes");
    },
  ],
])("an image %s is accepted, and its copy is the same disk", async (_, make, warning) => {
  const directory = directoryWithDisk();
  make(directory);
  const image = join(directory, "image");
  const ours = await inspectImage(image);
  expect([ours.format, ours.virtualBytes]).toEqual(["qcow2", info(image)["virtual-size"]]);
  expect(ours.warnings).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)]);

  const stored = (await installImage({ directory: join(directory, "store"), name: "test", source: image }))
    .image;
  expect(qemuImg(directory, "compare", "-f", "qcow2", "-F", "qcow2", image, stored.file)).toContain(
    "identical",
  );
  qemuImg(directory, "check", "-q", "-f", "qcow2", stored.file);
});

test.each<[string, Make, string, (info: Info) => unknown]>([
  [
    "with a backing file",
    create("-b", "disk.raw", "-F", "raw", "image"),
    "backing_file",
    (found) => found["backing-filename"],
  ],
  [
    "with an external data file",
    create("-o", "data_file=data", "image", "8M"),
    "incompatible_features",
    (found) => found["format-specific"]?.data["data-file"],
  ],
  [
    "with an external raw data file",
    create("-o", "data_file=data,data_file_raw=on", "image", "8M"),
    "incompatible_features",
    (found) => found["format-specific"]?.data["data-file"],
  ],
  [
    "that is encrypted with LUKS",
    create(
      "--object",
      "secret,id=key,data=abc",
      "-o",
      "encrypt.format=luks,encrypt.key-secret=key,encrypt.iter-time=10",
      "image",
      "8M",
    ),
    "crypt_method",
    (found) => found.encrypted,
  ],
  [
    "with a snapshot",
    (directory) => {
      convert()(directory);
      qemuImg(directory, "snapshot", "-c", "before", "image");
    },
    "nb_snapshots",
    (found) => found.snapshots?.length,
  ],
  [
    "that is marked as corrupt",
    (directory) => {
      convert()(directory);
      patch(directory, 79, 2);
    },
    "incompatible_features",
    (found) => found["format-specific"]?.data.corrupt,
  ],
  [
    "that is marked as dirty",
    (directory) => {
      convert("-o", "lazy_refcounts=on")(directory);
      patch(directory, 79, 1);
    },
    "incompatible_features",
    (found) => found["dirty-flag"],
  ],
  [
    "of 60 TiB",
    create("-o", "cluster_size=2M", "image", "60T"),
    "size",
    (found) => found["virtual-size"] > 16 * 1024 ** 4,
  ],
])(
  "an image %s, which qemu-img describes so, is refused by the field that says it",
  async (_, make, field, confirms) => {
    const directory = directoryWithDisk();
    make(directory);
    expect(confirms(info(join(directory, "image"))), version).toBeTruthy();
    const error = await inspectImage(join(directory, "image")).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "UNSAFE_IMAGE", details: { field } });
  },
);

test("an external data file that only an extension names is refused, and was not opened", async () => {
  const directory = temporaryDirectory();
  const image = join(directory, "image");
  const data = join(directory, "data");
  execFileSync("mkfifo", [data]);
  writeFileSync(
    image,
    qcow2([
      [112, 4, 0x44415441],
      [116, 4, data.length],
      [120, Buffer.from(data)],
    ]),
  );
  await expect(inspectImage(image)).rejects.toMatchObject({ details: { field: "extension DATA" } });
  expect(info(image)["format-specific"]?.data["data-file"]).toBe(data);
});

test.each<[string, string[]]>([
  ["VMDK", ["-O", "vmdk"]],
  ["VMDK descriptor", ["-O", "vmdk", "-o", "subformat=monolithicFlat"]],
  ["VDI", ["-O", "vdi"]],
  ["VHDX", ["-O", "vhdx"]],
  ["VHD", ["-O", "vpc"]],
  ["VHD", ["-O", "vpc", "-o", "subformat=fixed,force_size=on"]],
  ["QED", ["-O", "qed"]],
])("a %s made by qemu-img %j is named", async (foundFormat, options) => {
  const directory = directoryWithDisk();
  qemuImg(directory, "convert", "-f", "raw", ...options, "disk.raw", "image");
  await expect(inspectImage(join(directory, "image"))).rejects.toMatchObject({
    code: "NOT_AN_IMAGE",
    details: { foundFormat },
  });
});

test("an image of qcow version 1 and a LUKS volume are refused", async () => {
  const directory = directoryWithDisk();
  qemuImg(directory, "convert", "-f", "raw", "-O", "qcow", "disk.raw", "image");
  await expect(inspectImage(join(directory, "image"))).rejects.toMatchObject({
    details: { field: "version" },
  });
  const key = ["--object", "secret,id=key,data=abc", "-o", "key-secret=key,iter-time=10"];
  qemuImg(directory, "create", "-q", "-f", "luks", ...key, "luks", "8M");
  await expect(inspectImage(join(directory, "luks"))).rejects.toMatchObject({
    details: { foundFormat: "LUKS" },
  });
});

test("a raw disk has the size that qemu-img gives it", async () => {
  const directory = directoryWithDisk();
  const file = join(directory, "disk.raw");
  expect((await inspectImage(file)).virtualBytes).toBe(info(file, "raw")["virtual-size"]);
});

test("a stored image that lost its end is found by verify, where qemu-img converts it without complaint", async () => {
  const directory = directoryWithDisk();
  convert()(directory);
  const store = join(directory, "store");
  const { image } = await installImage({ directory: store, name: "test", source: join(directory, "image") });
  truncateSync(image.file, image.bytes - 128 * 1024);
  qemuImg(directory, "convert", "-f", "qcow2", "-O", "raw", image.file, "out.raw");
  expect((await verifyImage({ directory: store, name: "test" })).ok).toBe(false);
});

test("the image that the unit tests build by hand is one for qemu-img as well", async () => {
  const image = join(temporaryDirectory(), "image");
  writeFileSync(image, qcow2());
  qemuImg("/", "check", "-q", "-f", "qcow2", image);
  expect(info(image)["virtual-size"]).toBe((await inspectImage(image)).virtualBytes);
});

test("bytes that qemu-img cannot open are never accepted", async () => {
  const directory = temporaryDirectory();
  const image = join(directory, "image");
  let seed = 7;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  let accepted = 0;
  for (let round = 0; round < 60; round++) {
    const changes = [[4 + random(108), 1, random(4)]] as const;
    writeFileSync(image, qcow2([[...changes[0]]]));
    const ours = await inspectImage(image).catch((error: unknown) => error);
    if (ImageStoreError.is(ours)) continue;
    accepted++;
    expect(() => info(image), JSON.stringify(changes)).not.toThrow();
  }
  expect(accepted).toBeGreaterThan(0);
});
