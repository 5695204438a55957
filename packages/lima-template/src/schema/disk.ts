import * as z from "zod";
import { flag, text } from "./scalars.ts";

/** One entry of `additionalDisks`: the name of a disk made with `limactl disk create`, or the same with details. */
export const additionalDisk = z.union([
  text,
  z.strictObject({
    name: text.describe("Name of a disk made with `limactl disk create`."),
    format: flag.optional().describe("Partition and format an empty disk. Default: true."),
    fsType: text.optional().describe("File system to format with. Default: ext4."),
    fsArgs: z.array(text).optional().describe("Further arguments for mkfs."),
  }),
]);
