import * as z from "zod";
import { file, fileKeys } from "./file.ts";
import { text } from "./scalars.ts";

/** One entry of `images`: the first one of the right architecture that can be had is used. */
export const image = z.strictObject({
  ...fileKeys,
  kernel: z
    .strictObject({ ...fileKeys, cmdline: text.optional().describe("Arguments of the kernel.") })
    .optional()
    .describe("Kernel to boot instead of the image's own boot loader."),
  initrd: file.optional().describe("Initial RAM disk that goes with `kernel`."),
  variant: text.optional().describe("Name of a variant of the image. Since Lima 2.2."),
});
