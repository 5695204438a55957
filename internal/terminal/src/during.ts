import type { Step } from "./step.ts";

/** Does a step's work: the step is done, with what `describe` says of the result, or failed when the work throws. */
export async function during<Value>(
  step: Step,
  work: () => Promise<Value>,
  describe?: (value: Value) => string,
): Promise<Value> {
  try {
    const value = await work();
    step.done(describe?.(value));
    return value;
  } catch (error) {
    step.failed();
    throw error;
  }
}
