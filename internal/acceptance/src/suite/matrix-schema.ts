import * as z from "zod";

import { image } from "./image-schema.ts";

const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a version in quotes, as "2.2.0"');
const vmType = z.enum(["qemu", "vz", "krunkit"]);
const arch = z.enum(["x86_64", "aarch64"]);

/** Over what the suite is run. */
export const matrix = z
  .strictObject({
    image: z.array(image).min(1).optional().describe("Images to test."),
    lima: z
      .array(version)
      .min(1)
      .optional()
      .describe("Versions of limactl; which one runs is the pipeline's to set up."),
    vmType: z.array(vmType).min(1).optional().describe("Drivers of Lima."),
    arch: z.array(arch).min(1).optional().describe("Architectures of the guest."),
    exclude: z
      .array(
        z
          .strictObject({
            image: z.string().optional().describe("The name of an image."),
            lima: version.optional().describe("A version of limactl."),
            vmType: vmType.optional().describe("A driver of Lima."),
            arch: arch.optional().describe("An architecture of the guest."),
          })
          .refine((cell) => Object.keys(cell).length > 0, "excludes every cell"),
      )
      .optional()
      .describe("Cells to leave out: those that agree with all keys of an entry."),
  })
  .describe("A cell for each combination; `lima-ci plan` lists them.");
