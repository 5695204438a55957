/** Whether a raw disk begins with a partition table: a boot signature (MBR) or a GPT header behind it. */
export function hasPartitionTable(beginning: Buffer): boolean {
  const mbr = beginning.length >= 512 && beginning.readUInt16LE(510) === 0xaa55;
  const gpt = [512, 4096].some((sector) =>
    beginning.subarray(sector, sector + 8).equals(Buffer.from("EFI PART")),
  );
  return mbr || gpt;
}
