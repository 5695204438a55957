/** The first `N.N[.N]` in a text. */
export function findVersion(text: string): string | undefined {
  return /\b\d+\.\d+(?:\.\d+)*/.exec(text)?.[0];
}

/** Whether a version is older than another; what is missing counts as 0. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split(".").map(Number));
  for (let index = 0; index < Math.max(one!.length, other!.length); index += 1) {
    const difference = (one![index] ?? 0) - (other![index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
