/** The limit that the user gave, in lima-control's words; without one its own default holds. */
export function timeLimit(seconds: number | undefined): { timeoutMs?: number } {
  return seconds === undefined ? {} : { timeoutMs: seconds * 1000 };
}
