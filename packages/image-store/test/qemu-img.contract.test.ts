import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";

import { ImageStoreError, inspectImage, installImage, verifyImage } from "../src/index.ts";
import { headerMutations } from "./fuzz/header-mutations.ts";
import { seed } from "./fuzz/seed.ts";
import { bitmaps, extension, qcow2, rawDisk, type HeaderChange } from "./images.ts";
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

/** Writes to the disk in an image as a VM would. */
function qemuIo(directory: string, ...commands: string[]): void {
  const args = commands.flatMap((command) => ["-c", command]);
  execFileSync("qemu-io", ["-f", "qcow2", ...args, "image"], {
    cwd: directory,
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
  [
    "compressed, with extended L2 entries",
    convert("-c", "-o", "extended_l2=on,cluster_size=128k"),
    /extended L2/,
  ],
  [
    "with parts of clusters that are written, zero or neither",
    (directory) => {
      create("-o", "extended_l2=on,cluster_size=128k", "image", "8M")(directory);
      qemuIo(directory, "write -P 7 4k 12k", "write -z 256k 4k", "write -P 9 300k 1k", "discard 8k 4k");
    },
    /extended L2/,
  ],
  ["compressed in clusters of 4 KiB", convert("-c", "-o", "cluster_size=4k")],
  [
    "with clusters of zeros that were data before",
    (directory) => {
      convert()(directory);
      qemuIo(directory, "write -z 1M 256k", "write -P 3 5M 100k", "discard 1536k 64k");
    },
  ],
  ["of a size that is no multiple of its clusters", create("-o", "cluster_size=2M", "image", "5M")],
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

  // Hashing the zeros of a disk of terabytes takes hours.
  const withRaw = ours.virtualBytes <= 1024 * mebibyte;
  const store = { directory: join(directory, "store"), name: "test" };
  const stored = (await installImage({ ...store, source: image, withRaw })).image;
  expect(qemuImg(directory, "compare", "-f", "qcow2", "-F", "qcow2", image, stored.file)).toContain(
    "identical",
  );
  qemuImg(directory, "check", "-q", "-f", "qcow2", stored.file);
  if (!withRaw) return;
  // Its own reader wrote the raw disk; that of qemu-img finds the same in it.
  expect(qemuImg(directory, "compare", "-f", "qcow2", "-F", "raw", image, stored.raw!.file)).toContain(
    "identical",
  );
  expect(await verifyImage(store)).toMatchObject({ ok: true });
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

const agreesWithBitmaps: HeaderChange = [88, 8, 1];

test.each<[string, HeaderChange[], RegExp]>([
  ["with a list of bitmaps of another length", bitmaps({ length: 32 }), /Invalid extension length/],
  ["with a list of no bitmaps", [agreesWithBitmaps, ...bitmaps({ count: 0 })], /zero bitmaps/],
  ["with more bitmaps than can be", [agreesWithBitmaps, ...bitmaps({ count: 65536 })], /65536 bitmaps/],
  [
    "with a list of bitmaps that says more",
    [agreesWithBitmaps, ...bitmaps({ reserved: 1 })],
    /Reserved field/,
  ],
  [
    "with a directory of bitmaps that is nowhere",
    [agreesWithBitmaps, ...bitmaps({ directory: 77 })],
    /invalid bitmap directory offset/,
  ],
  [
    "with a directory of bitmaps that is too large",
    [agreesWithBitmaps, ...bitmaps({ bytes: 65535 * 1024 + 1 })],
    /exceeds the maximum supported size/,
  ],
  ["with too long a name of a backing format", extension(112, 0xe2792aca, 16), /len=16 too large/],
  [
    "with extended L2 entries and small clusters",
    [
      [20, 4, 13],
      [24, 8, 512],
      [72, 8, 16],
    ],
    /Unsupported subcluster size/,
  ],
])("an image %s, which qemu-img does not open, is refused", async (_, changes, said) => {
  const image = join(temporaryDirectory(), "image");
  writeFileSync(image, qcow2(changes));
  expect(() => info(image)).toThrow(said);
  await expect(inspectImage(image)).rejects.toMatchObject({ code: "UNSAFE_IMAGE" });
});

test.each<[string, HeaderChange[]]>([
  ["with bitmaps that no longer agree with it", bitmaps({ count: 0, directory: 7 })],
  ["with the longest name of a backing format", extension(112, 0xe2792aca, 15)],
])("an image %s, which qemu-img opens, is accepted", async (_, changes) => {
  const image = join(temporaryDirectory(), "image");
  writeFileSync(image, qcow2(changes));
  expect((await inspectImage(image)).virtualBytes).toBe(info(image)["virtual-size"]);
});

test(
  "what is accepted of many changed headers, qemu-img opens as what we say it is",
  { timeout: 600_000 },
  async () => {
    const directory = directoryWithDisk();
    const image = join(directory, "image");
    const bases = [
      convert(),
      convert("-o", "compat=0.10"),
      convert("-c"),
      convert("-o", "cluster_size=512"),
    ].map((make) => {
      make(directory);
      return readFileSync(image);
    });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(bases.length - 1), headerMutations, async (base, mutations) => {
        const content = Buffer.from(bases[base]!);
        for (const { offset, bytes } of mutations) content.set(bytes, offset);
        writeFileSync(image, content);
        const ours = await inspectImage(image).catch((error: unknown) => error);
        if (ImageStoreError.is(ours)) return;
        accepted++;
        const theirs = info(image);
        expect(theirs["virtual-size"]).toBe((ours as { virtualBytes: number }).virtualBytes);
        const { data } = theirs["format-specific"]!;
        const against = [
          theirs["backing-filename"],
          theirs.encrypted,
          theirs.snapshots,
          theirs["dirty-flag"],
          data.corrupt,
          data["data-file"],
        ];
        expect(against.filter(Boolean)).toEqual([]);
      }),
      { seed, numRuns: Number(process.env["FUZZ_RUNS"] ?? 300) },
    );
    expect(accepted).toBeGreaterThan(0);
  },
);
