import * as z from "zod";
import { locator } from "./locator.ts";
import { text } from "./scalars.ts";

/** One entry of `probes`: run in the guest as its user until it succeeds. */
export const probe = z.strictObject({
  mode: z.enum(["readiness", ""]).optional().describe("Default: readiness."),
  description: text.optional().describe("Named while it is waited for."),
  script: text
    .optional()
    .describe("Must start with `#!`. Go template fields such as `{{.User}}` are filled in."),
  file: locator.optional().describe("Does not work up to Lima 2.2: use `script`."),
  hint: text.optional().describe("Shown when the probe never succeeds."),
});
