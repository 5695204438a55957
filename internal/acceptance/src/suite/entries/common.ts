import * as z from "zod";

/** A longest time, in whole or broken seconds. */
export const seconds = z.number().positive().max(86_400);

export const guestPath = z
  .string()
  .regex(/^\//, "must be an absolute path of the guest")
  .describe("Absolute path in the guest.");

/** What a check is called by `--only`, by `needs` and in reports. */
export const checkId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@/-]*$/, "must be letters, digits and . _ : @ / -, without spaces");

/** What checks of every kind have. */
export const common = {
  id: checkId.optional().describe("Stable name for reports, `needs` and `--only`."),
  title: z.string().min(1).optional().describe("What reports show; by default a sentence made of the check."),
  section: z.string().min(1).optional().describe("The heading in reports; by default that of the kind."),
  needs: z
    .array(checkId)
    .optional()
    .describe("Checks before this one that must have passed; when one has not, this one is skipped."),
  group: checkId
    .optional()
    .describe("Checks of one group are made at the same time, where the first of them stands."),
  timeoutSeconds: seconds.optional().describe("How long it may take; 60 by default."),
};

/** How a command is run in the guest. */
export const runningAs = {
  user: z.literal("root").optional().describe("Run it through sudo; by default as the user of the instance."),
  cwd: guestPath.optional().describe("Working directory; / by default."),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string())
    .optional()
    .describe("Added to the environment."),
  input: z.string().optional().describe("What it reads on stdin; nothing by default."),
};
