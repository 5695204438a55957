import * as z from "zod";

import { guestPath, seconds } from "./entries/common.ts";
import { kinds } from "./entries/index.ts";
import { image } from "./image-schema.ts";
import { matrix } from "./matrix-schema.ts";
import { step } from "./step-schema.ts";

const bytes = z.union([
  z.int().positive(),
  z.string().regex(/^\d+(?:\.\d+)? ?(?:KiB|MiB|GiB|B)$/, "must be bytes, or a size as 900MiB or 2GiB"),
]);

const bootSeconds = z
  .union([
    seconds,
    z.strictObject({
      hardware: seconds.optional().describe("Where KVM or vz carries the guest; 120 by default."),
      emulated: seconds.optional().describe("Where every instruction is translated; 300 by default."),
    }),
  ])
  .describe("From `limactl start` to the first command that succeeds.");

/** A suite file, as its author writes it. */
export const suiteSchema = z.strictObject({
  $schema: z.string().optional().describe("For editors."),
  name: z.string().min(1).max(100).describe("What reports call the suite."),
  image: image.optional(),
  template: z
    .string()
    .min(1)
    .optional()
    .describe("Lima template, from the suite's directory; by default a small one is built in."),
  matrix: matrix.optional(),
  limits: z
    .strictObject({
      bootSeconds: bootSeconds.optional(),
      imageBytes: bytes.optional().describe("The image file must be smaller than this."),
    })
    .optional()
    .describe("Limits of performance."),
  fixtures: z
    .array(
      z.strictObject({
        from: z.string().min(1).describe("A file or directory, from the suite's directory."),
        to: guestPath.describe("The name that it gets in the guest."),
      }),
    )
    .optional()
    .describe("Copied into the guest before setup."),
  setup: z
    .array(step)
    .optional()
    .describe("Run in the guest before the checks; when one fails, the checks are skipped."),
  checks: z
    .array(z.union([kinds.builtin, kinds.command, kinds.script, kinds.unit, kinds.port, kinds.file]))
    .min(1)
    .describe("What is checked, one after the other."),
  teardown: z.array(step).optional().describe("Run in the guest after the checks, whatever they gave."),
});

/** A suite that passed the schema and the rules. */
export type SuiteValue = z.infer<typeof suiteSchema>;
export type SuiteCheck = SuiteValue["checks"][number];
