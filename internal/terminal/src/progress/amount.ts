import { formatBytes, formatSeconds } from "../units.ts";

/** How much of something has come. */
export interface Amount {
  doneBytes: number;
  /** Absent while it is not known. */
  totalBytes?: number | undefined;
  bytesPerSecond?: number | undefined;
}

/** "300 MiB of 1.2 GiB (24%)", or "300 MiB" where the total is not known. */
export function amountText({ doneBytes, totalBytes }: Amount): string {
  const done = formatBytes(doneBytes);
  if (totalBytes === undefined || totalBytes <= 0) return done;
  // All is there only when it is.
  const percent = Math.min(doneBytes >= totalBytes ? 100 : 99, Math.floor((doneBytes / totalBytes) * 100));
  return `${done} of ${formatBytes(totalBytes)} (${percent}%)`;
}

/** "12.0 MiB/s"; undefined where it is not known. */
export function speedText({ bytesPerSecond }: Amount): string | undefined {
  return bytesPerSecond === undefined ? undefined : `${formatBytes(bytesPerSecond)}/s`;
}

/** The milliseconds that are left at the present speed; undefined where nobody can say. */
export function remainingMs({ doneBytes, totalBytes, bytesPerSecond }: Amount): number | undefined {
  if (totalBytes === undefined || bytesPerSecond === undefined || bytesPerSecond <= 0) return undefined;
  return (Math.max(0, totalBytes - doneBytes) * 1000) / bytesPerSecond;
}

/** "about 2 min 05 s left". */
export function remainingText(ms: number): string {
  return `about ${formatSeconds(Math.ceil(ms / 1000))} left`;
}
