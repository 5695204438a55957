import * as z from "zod";

const name = z
  .string()
  .regex(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/, "must be small letters, digits and single . _ - between them")
  .optional()
  .describe("What cells of the matrix and the image store call it; by default made of the rest.");

/** Where an image comes from. */
export const image = z
  .union([
    z.string().min(1),
    z.strictObject({ installable: z.string().min(1).describe("What nix builds."), name }),
    z.strictObject({
      file: z.string().min(1).describe("A qcow2 or raw image, from the suite's directory."),
      name,
    }),
    z.strictObject({
      stored: z.string().min(1).describe("An image of the store, whose latest generation is taken."),
    }),
  ])
  .describe(
    "What to test: a flake installable, in which {system} stands for the guest's nix system, or `installable`, `file` or `stored`.",
  );

export type SuiteImage = z.infer<typeof image>;
