/** A kind of file that people mistake for an image that can be stored, and what to do with it. */
export interface ForeignFormat {
  name: string;
  /** Where its magic stands; negative counts from the end of the file. */
  offset: number;
  magic: Buffer;
  hint: string;
}

const convertFrom = (format: string) => `Convert it: qemu-img convert -f ${format} -O qcow2 IMAGE NEW.qcow2.`;
const unpack = (command: string) => `Unpack it first: ${command}.`;
const isoHint = "Install from a disk image; an ISO image is for CD drives.";

const foreign = (name: string, offset: number, magic: string | number[], hint: string): ForeignFormat => ({
  name,
  offset,
  magic: typeof magic === "string" ? Buffer.from(magic, "latin1") : Buffer.from(magic),
  hint,
});

/** Formats that are named in the error. Order matters only where two could match. */
export const foreignFormats: readonly ForeignFormat[] = [
  foreign("VMDK", 0, "KDMV", convertFrom("vmdk")),
  foreign("VMDK (ESX sparse)", 0, "COWD", convertFrom("vmdk")),
  foreign("VMDK descriptor", 0, "# Disk DescriptorFile", convertFrom("vmdk")),
  foreign("VDI", 64, [0x7f, 0x10, 0xda, 0xbe], convertFrom("vdi")),
  foreign("VHDX", 0, "vhdxfile", convertFrom("vhdx")),
  foreign("VHD", 0, "conectix", convertFrom("vpc")),
  foreign("VHD", -512, "conectix", convertFrom("vpc")),
  foreign("QED", 0, "QED\0", convertFrom("qed")),
  foreign("LUKS", 0, [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe], "Decrypt it first."),
  foreign("ASIF", 0, "shdw", "Convert it to raw with diskutil image first."),
  foreign("Apple disk image", -512, "koly", "Convert it to raw first."),
  foreign("ISO 9660", 32769, "CD001", isoHint),
  foreign("gzip", 0, [0x1f, 0x8b], unpack("gunzip FILE.gz")),
  foreign("zstd", 0, [0x28, 0xb5, 0x2f, 0xfd], unpack("zstd -d FILE.zst")),
  foreign("xz", 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unpack("xz -d FILE.xz")),
  foreign("bzip2", 0, "BZh", unpack("bunzip2 FILE.bz2")),
  foreign("lz4", 0, [0x04, 0x22, 0x4d, 0x18], unpack("lz4 -d FILE.lz4")),
  foreign("zip", 0, "PK\x03\x04", unpack("unzip FILE.zip")),
  foreign("7-Zip", 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], unpack("7z x FILE.7z")),
  foreign("tar", 257, "ustar", unpack("tar xf FILE.tar")),
];

/** The foreign format that a file has by its beginning and its end; undefined when it has none of them. */
export function findForeignFormat(beginning: Buffer, end: Buffer): ForeignFormat | undefined {
  return foreignFormats.find(({ offset, magic }) => {
    const [from, start] = offset >= 0 ? [beginning, offset] : [end, end.length + offset];
    return start >= 0 && from.subarray(start, start + magic.length).equals(magic);
  });
}
