/**
 * Bytes of a size as Lima writes it: a number and an optional unit of k, m, g, t or p with an optional `b` or `ib`, in
 * any case, all binary (go-units RAMInBytes). The number may have an exponent. Undefined where Lima would refuse it.
 */
export function parseSize(text: string): number | undefined {
  const match = /^\+?((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) ?([kmgtp]?)(i?b)?$/i.exec(text);
  if (match === null) return undefined;
  const [, digits = "", unit = "", suffix = ""] = match;
  if (!Number.isFinite(Number(digits))) return undefined;
  if (unit === "" && suffix.toLowerCase() === "ib") return undefined;
  const exponent = " kmgtp".indexOf(unit.toLowerCase() || " ");
  return Math.trunc(Number(digits) * 1024 ** exponent);
}

/** A size for people: `20GiB`, `4.9GiB`. */
export function formatSize(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toFixed(1))}${units[unit]}`;
}
