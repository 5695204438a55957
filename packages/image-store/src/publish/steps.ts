/**
 * The steps of an install, in order: a kill after any of them leaves nothing, or a whole image. Tests stop at them.
 */
export const installSteps = [
  "locked",
  "checked",
  "copied",
  "linked",
  "recorded",
  "flipped",
  "cleaned",
] as const;
export type InstallStep = (typeof installSteps)[number];
export type OnStep = (step: InstallStep) => Promise<void> | void;
