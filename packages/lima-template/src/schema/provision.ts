import * as z from "zod";
import { locator } from "./locator.ts";
import { flag, text } from "./scalars.ts";

/** One entry of `provision`. Which keys go with which mode is a rule, not part of the shape. */
export const provision = z.strictObject({
  /** Default: `system`. */
  mode: z.enum(["system", "user", "boot", "dependency", "ansible", "data", "yq", ""]).optional(),
  skipDefaultDependencyResolution: flag.optional(),
  script: text.optional(),
  file: locator.optional(),
  playbook: text.optional(),
  content: text.optional(),
  overwrite: flag.optional(),
  owner: text.optional(),
  path: text.optional(),
  permissions: text.optional(),
  expression: text.optional(),
  format: text.optional(),
});

/** One entry of `probes`: run in the guest as its user until it succeeds. */
export const probe = z.strictObject({
  mode: z.enum(["readiness", ""]).optional(),
  description: text.optional(),
  script: text.optional(),
  file: locator.optional(),
  hint: text.optional(),
});
