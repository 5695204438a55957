const leastShare = 0.01;

/**
 * Whether an image's size changed by more than 1 % of the base. A build of the same inputs has the same size to within
 * what file systems and compression make of timestamps, so one measurement a side is enough.
 */
export function judgeSize(baseBytes: number, headBytes: number): "bigger" | "smaller" | "same" {
  const difference = headBytes - baseBytes;
  if (Math.abs(difference) <= leastShare * baseBytes) return "same";
  return difference > 0 ? "bigger" : "smaller";
}
