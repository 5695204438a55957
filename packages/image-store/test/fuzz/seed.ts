/**
 * What generated cases are made of: the same in each run, so that a run says something of the change that it was made for.
 * FUZZ_SEED=N makes others.
 */
export const seed = Number(process.env["FUZZ_SEED"] ?? 2026);
