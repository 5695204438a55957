import * as z from "zod";

import { runningAs, seconds } from "./entries/common.ts";

const how = {
  ...runningAs,
  timeoutSeconds: seconds.optional().describe("How long it may take; 300 by default."),
};

/** A command that only has to succeed. */
export const step = z.union([
  z.strictObject({ command: z.array(z.string()).min(1).describe("Program and arguments."), ...how }),
  z.strictObject({ script: z.string().min(1).describe("Lines for `/bin/sh -eu`."), ...how }),
]);

export type SuiteStep = z.infer<typeof step>;
