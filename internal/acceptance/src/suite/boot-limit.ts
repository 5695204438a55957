import { bootTimeLimit, type BootTimeLimit } from "../boot-time.ts";
import type { SuiteValue } from "./suite-schema.ts";

/** How long the boot of a suite may take: its own limit, or that of the requirements. */
export function bootLimitOf(
  { limits }: SuiteValue,
  accelerator: { kind: string; hardware: boolean },
): BootTimeLimit {
  const usual = bootTimeLimit(accelerator);
  const own = limits?.bootSeconds;
  if (own === undefined) return usual;
  const seconds = typeof own === "number" ? own : accelerator.hardware ? own.hardware : own.emulated;
  return seconds === undefined ? usual : { seconds, why: `${accelerator.kind}, set by the suite` };
}
