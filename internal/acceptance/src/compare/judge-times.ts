import { median } from "../merge-rounds.ts";

/** How many measurements there must be before their spread says anything about noise. */
export const leastMeasurements = 3;

const leastSeconds = 0.5;
const leastShare = 0.05;

export interface TimesJudgement {
  verdict: "slower" | "faster" | "same" | "not measured often enough";
  baseSeconds: number;
  headSeconds: number;
  /** What the medians may differ by without meaning anything. */
  noiseSeconds: number;
}

/**
 * Whether times differ beyond noise: the medians of both sides differ by more than the larger of the two spreads (longest
 * minus shortest), by more than 5 % of the base and by more than half a second. The spread is the noise that the repeated
 * runs themselves show; the two floors keep runs that happened to agree from making news of nothing. With fewer than three
 * measurements on either side nothing is known of the noise, and nothing is judged.
 */
export function judgeTimes(base: readonly number[], head: readonly number[]): TimesJudgement {
  const baseSeconds = median(base);
  const headSeconds = median(head);
  const noiseSeconds = Math.max(spread(base), spread(head), leastShare * baseSeconds, leastSeconds);
  const difference = headSeconds - baseSeconds;
  const seen = { baseSeconds, headSeconds, noiseSeconds };
  if (Math.min(base.length, head.length) < leastMeasurements)
    return { verdict: "not measured often enough", ...seen };
  if (Math.abs(difference) <= noiseSeconds) return { verdict: "same", ...seen };
  return { verdict: difference > 0 ? "slower" : "faster", ...seen };
}

function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
