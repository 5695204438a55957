const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** How a duration is written: "90s", "10m", "2h", "1h30m", "7d". */
export const durationPattern = /^(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?$/;

/** The milliseconds of such a text; undefined for another one, and for none at all. */
export function parseDuration(text: string): number | undefined {
  if (text === "" || !durationPattern.test(text)) return undefined;
  const ms = [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * unitMs[unit as keyof typeof unitMs],
    0,
  );
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined;
}

/** A duration for people, in its two largest units: "2h", "3d4h", "50s". */
export function formatDuration(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1000)) * 1000;
  const parts: string[] = [];
  for (const unit of ["d", "h", "m", "s"] as const) {
    const count = Math.floor(rest / unitMs[unit]);
    rest -= count * unitMs[unit];
    if (count > 0) parts.push(`${count}${unit}`);
    if (parts.length > 0 && (parts.length === 2 || count === 0)) break;
  }
  return parts.length === 0 ? "0s" : parts.join("");
}
