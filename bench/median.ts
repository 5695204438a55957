export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error("no values, no median");
  return sorted.length % 2 === 1 ? upper : (upper + sorted[middle - 1]!) / 2;
}
