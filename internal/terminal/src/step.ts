/** One piece of work that a person can watch. */
export interface Step {
  /** What is going on now. */
  update(text: string): void;
  /** A line that stays. */
  note(text: string): void;
  /** A line for who wants to see everything, and for the log. */
  log(text: string): void;
  /** The last lines of something that is worth watching, as the console of a guest that boots; none takes them away. */
  tail(lines: readonly string[]): void;
  done(text?: string): void;
  failed(text?: string): void;
}

/** The step of an output that stays quiet. */
export const silentStep: Step = { update() {}, note() {}, log() {}, tail() {}, done() {}, failed() {} };
