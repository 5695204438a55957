/** How long a check of a suite may take when it does not say. */
export const defaultTimeoutMs = 60_000;

/** The check judges its own time limit; this much later it is given up, as something that could not be judged. */
export const graceMs = 30_000;
