import { distance } from "fastest-levenshtein";

/** The candidate that was probably meant: the same but for case, or a few letters away: one of a short word, else up to a third. */
export function closest(given: string, candidates: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  const most = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  const near = candidates
    .map((candidate) => ({ candidate, away: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ away }) => wanted !== "" && away <= most)
    .sort((one, other) => one.away - other.away);
  return near[0]?.candidate;
}
