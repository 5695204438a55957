const units: Record<string, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** A size of a suite, as 900MiB, in bytes. */
export function bytesOf(size: number | string): number {
  if (typeof size === "number") return size;
  const [, count = "", unit = "B"] = /^([\d.]+) ?(\w+)$/.exec(size) ?? [];
  return Math.floor(Number(count) * units[unit]!);
}
