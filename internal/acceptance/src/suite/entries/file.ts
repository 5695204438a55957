import * as z from "zod";

import { common, guestPath, runningAs } from "./common.ts";
import { expectedText } from "./expected-text.ts";

/** A file of the guest. */
export const file = z.strictObject({
  file: guestPath.describe("A file or directory of the guest that must be there."),
  absent: z.literal(true).optional().describe("It must not be there."),
  mode: z
    .string()
    .regex(/^[0-7]{3,4}$/, 'must be octal digits in quotes, as "0644"')
    .optional()
    .describe('Permission bits, as "0644".'),
  owner: z
    .string()
    .regex(/^[^:\s]+:[^:\s]+$/, "must be USER:GROUP")
    .optional()
    .describe("USER:GROUP."),
  content: expectedText.optional(),
  user: runningAs.user,
  ...common,
});
