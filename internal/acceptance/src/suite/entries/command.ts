import * as z from "zod";

import { checkId, common, runningAs } from "./common.ts";
import { expectedText } from "./expected-text.ts";

const outcome = {
  ...common,
  id: checkId.describe("Stable name for reports, `needs` and `--only`."),
  ...runningAs,
  status: z.int().min(0).max(255).optional().describe("The exit status that is right; 0 by default."),
  stdout: expectedText.optional(),
  stderr: expectedText.optional(),
};

/** A program with its arguments; no shell reads them. */
export const command = z.strictObject({
  command: z.array(z.string()).min(1).describe("Program and arguments; no shell reads them."),
  ...outcome,
});

/** A text for /bin/sh, ended by the first command in it that fails. */
export const script = z.strictObject({
  script: z.string().min(1).describe("Lines for `/bin/sh -eu`: the first command that fails ends them."),
  ...outcome,
});
