import { resolve } from "node:path";

import { LimaControlError, type RunningVm } from "@sysinit/lima-control";

import { fail, pass, type Judgement } from "../check.ts";
import { shown } from "../guest-text.ts";
import { argvOf } from "./argv-of.ts";
import { tailOf } from "./checks/tail.ts";
import type { SuiteStep } from "./step-schema.ts";
import type { SuiteValue } from "./suite-schema.ts";

const stepTimeoutMs = 300_000;

/** Copies the fixtures of a suite into the guest. `directory` is that of the suite. */
export async function copyFixtures(
  fixtures: NonNullable<SuiteValue["fixtures"]>,
  directory: string,
  vm: Pick<RunningVm, "copyIn">,
  signal: AbortSignal,
): Promise<Judgement> {
  for (const { from, to } of fixtures) {
    try {
      await vm.copyIn(resolve(directory, from), to, { signal });
    } catch (error) {
      if (LimaControlError.is(error, "FILE_FAILED") || LimaControlError.is(error, "FILE_NOT_FOUND"))
        return fail(error.message);
      throw error;
    }
  }
  return pass(fixtures.map(({ from, to }) => `${from} → ${to}`).join("\n"));
}

/** Runs commands that must succeed, one after the other; the first that fails ends them. */
export async function runSteps(
  steps: readonly SuiteStep[],
  vm: Pick<RunningVm, "tryExec">,
  signal: AbortSignal,
): Promise<Judgement> {
  for (const [index, step] of steps.entries()) {
    const { argv, ...how } = argvOf(step);
    const what = `step ${index + 1} of ${steps.length}`;
    const timeoutMs = step.timeoutSeconds === undefined ? stepTimeoutMs : step.timeoutSeconds * 1000;
    try {
      const result = await vm.tryExec(argv, { ...how, timeoutMs, signal });
      if (result.exitCode !== 0) {
        const output = tailOf(result);
        return {
          ...fail(`${what}: exit status ${result.exitCode}: ${shown(result)}`),
          ...(output !== "" && { output }),
        };
      }
    } catch (error) {
      if (LimaControlError.is(error, "EXEC_TIMEOUT"))
        return fail(`${what} did not end within ${timeoutMs / 1000} s`);
      if (LimaControlError.is(error, "GUEST_DIRECTORY_MISSING")) return fail(`${what}: ${error.message}`);
      throw error;
    }
  }
  return pass(steps.length === 1 ? "1 step" : `${steps.length} steps`);
}
