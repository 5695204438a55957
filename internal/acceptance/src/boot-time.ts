import { fail, pass, type Judgement } from "./check.ts";

/** How long a boot may take and why. */
export interface BootTimeLimit {
  seconds: number;
  why: string;
}

/** The limit of the requirements, from the call of `limactl start` to the first successful command. */
export function bootTimeLimit(accelerator: { kind: string; hardware: boolean }): BootTimeLimit {
  return accelerator.hardware
    ? { seconds: 120, why: `hardware acceleration (${accelerator.kind})` }
    : { seconds: 300, why: `emulation (${accelerator.kind}), where every instruction is translated` };
}

/** @param limit That of the requirements by default. */
export function judgeBootTime(
  seconds: number,
  accelerator: { kind: string; hardware: boolean },
  limit: BootTimeLimit = bootTimeLimit(accelerator),
): Judgement {
  const evidence = `${seconds.toFixed(1)} s from start to the first command; limit ${limit.seconds} s under ${limit.why}`;
  return seconds <= limit.seconds ? pass(evidence) : fail(evidence);
}
