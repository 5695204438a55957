import * as z from "zod";
import { flag, text } from "./scalars.ts";

/** One entry of `additionalDisks`: the name of a disk made with `limactl disk create`, or the same with details. */
export const additionalDisk = z.union([
  text,
  z.strictObject({
    name: text,
    format: flag.optional(),
    fsType: text.optional(),
    fsArgs: z.array(text).optional(),
  }),
]);
