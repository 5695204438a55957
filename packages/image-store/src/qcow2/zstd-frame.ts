/**
 * How long the zstd frame at the beginning of `data` is: node refuses what follows a frame and is none. Source: RFC 8878,
 * 3.1.1. Throws for data that ends before its frame does.
 */
export function zstdFrameBytes(data: Buffer): number {
  if (data.length < 6 || data.readUInt32LE(0) !== 0xfd2fb528) throw new Error("not a zstd frame");
  const descriptor = data.readUInt8(4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const contentSize = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  const dictionaryId = [0, 1, 2, 4][descriptor & 3]!;
  let at = 5 + (singleSegment ? 0 : 1) + dictionaryId + contentSize;
  for (;;) {
    const header = data.readUIntLE(at, 3);
    const [last, type, size] = [header & 1, (header >> 1) & 3, header >> 3];
    // A block of one repeated byte holds only that byte.
    at += 3 + (type === 1 ? 1 : size);
    if (last === 1) return at + ((descriptor & 4) === 0 ? 0 : 4);
  }
}
