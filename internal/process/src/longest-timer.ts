/** The longest time that a timer of Node's waits, 24 days: a longer one goes off at once. */
export const longestTimerMs = 2 ** 31 - 1;
