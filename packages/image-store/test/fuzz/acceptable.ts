/**
 * Why an image must not be accepted, read from its beginning in another way than the store reads it: what the specification
 * (QEMU's docs/interop/qcow2) says of each field, and what of it leads out of the file. Undefined when nothing speaks
 * against it.
 */
export function reasonAgainst(beginning: Uint8Array, fileBytes: number): string | undefined {
  const view = new DataView(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  if (beginning.length < 72) return "it is too short";
  const u32 = (offset: number) => view.getUint32(offset);
  const u64 = (offset: number) => view.getBigUint64(offset);
  const version = u32(4);
  if (version !== 2 && version !== 3) return "version";
  if (version === 3 && beginning.length < 104) return "it is too short";
  if (u64(8) !== 0n || u32(16) !== 0) return "backing file";
  if (u32(32) !== 0) return "encryption";
  if (u32(60) !== 0) return "snapshots";
  const size = u64(24);
  if (size === 0n || size % 512n !== 0n || size > 16n << 40n) return "size";
  const clusterBits = u32(20);
  if (clusterBits < 9 || clusterBits > 21) return "cluster bits";
  const cluster = 1n << BigInt(clusterBits);
  const features = version === 3 ? u64(72) : 0n;
  if ((features & 0b111n) !== 0n) return "dirty, corrupt, or with an external data file";
  if (features >> 5n !== 0n) return "unknown features";
  if (version === 3 && (u64(88) & 2n) !== 0n) return "external data file";
  const tables: [string, bigint, bigint][] = [
    ["L1 table", u64(40), BigInt(u32(36)) * 8n],
    ["refcount table", u64(48), 1n],
  ];
  for (const [what, offset, bytes] of tables) {
    if (offset < cluster || offset % cluster !== 0n || offset + bytes > BigInt(fileBytes)) return what;
  }
  const entry = (features & 16n) === 0n ? 8n : 16n;
  if (entry === 16n && clusterBits < 14) return "clusters too small for extended L2 entries";
  if (BigInt(u32(36)) * (cluster / entry) * cluster < size) return "L1 table is too small";
  const withBitmaps = version === 3 && (u64(88) & 1n) !== 0n;
  return extensionAgainst(view, version === 3 ? u32(100) : 72, Number(cluster), withBitmaps);
}

function extensionAgainst(
  view: DataView,
  start: number,
  cluster: number,
  withBitmaps: boolean,
): string | undefined {
  const end = Math.min(view.byteLength, cluster);
  for (let offset = start; offset + 8 <= end;) {
    const [type, length] = [view.getUint32(offset), view.getUint32(offset + 4)];
    if (type === 0 && offset + 8 + length <= end) return undefined;
    if (type === 0x44415441) return "names an external data file";
    if (type === 0x0537be77) return "encryption header";
    if (offset + 8 + length > end) return "extension leads out of the header";
    if (type === 0xe2792aca && length >= 16) return "backing format is too long";
    if (type === 0x23852875 && length !== 24) return "list of bitmaps is of another length";
    if (type === 0x23852875 && withBitmaps) {
      const count = view.getUint32(offset + 8);
      if (count === 0 || count > 0xffff) return "number of bitmaps";
      if (view.getBigUint64(offset + 24) % BigInt(cluster) !== 0n) return "bitmaps are not on a cluster";
    }
    offset += 8 + length + ((8 - (length % 8)) % 8);
  }
  return "extensions have no end";
}
