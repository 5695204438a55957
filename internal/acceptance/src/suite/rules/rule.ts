import type { Fault } from "../fault.ts";
import type { SuiteValue } from "../suite-schema.ts";

/** Something about a suite that its schema cannot say. */
export type Rule = (suite: SuiteValue) => Fault[];
