/** Three numbers of a version; Lima accepts a leading `v` and anything after `-` or `+`. */
export function parseVersion(text: string): [number, number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Whether `a` is older than `b`. A version that cannot be read is a development build: newer than any. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (left === undefined || right === undefined) return false;
  for (const index of [0, 1, 2] as const) if (left[index] !== right[index]) return left[index] < right[index];
  return false;
}
