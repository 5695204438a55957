import { installSteps, type InstallStep } from "../publish/steps.ts";

/**
 * The steps of a pull, in order, from when the last byte has come: a kill after any of them leaves the download, nothing,
 * or a whole image. Tests stop at them.
 */
export const pullSteps = [
  "downloaded",
  "taken",
  ...installSteps.slice(installSteps.indexOf("linked")),
] as const;
export type PullStep = "downloaded" | "taken" | InstallStep;
export type OnPullStep = (step: PullStep) => Promise<void> | void;
