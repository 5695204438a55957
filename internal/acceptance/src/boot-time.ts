import { fail, pass, type Judgement } from "./check.ts";

/** How long a boot may take, from the call of `limactl start` to the first successful command. */
export function bootTimeLimit(accelerator: { kind: string; hardware: boolean }): {
  seconds: number;
  why: string;
} {
  return accelerator.hardware
    ? { seconds: 120, why: `hardware acceleration (${accelerator.kind})` }
    : { seconds: 300, why: `emulation (${accelerator.kind}), where every instruction is translated` };
}

export function judgeBootTime(seconds: number, accelerator: { kind: string; hardware: boolean }): Judgement {
  const limit = bootTimeLimit(accelerator);
  const evidence = `${seconds.toFixed(1)} s from start to the first command; limit ${limit.seconds} s under ${limit.why}`;
  return seconds <= limit.seconds ? pass(evidence) : fail(evidence);
}
