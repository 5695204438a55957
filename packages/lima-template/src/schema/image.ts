import * as z from "zod";
import { file, fileKeys } from "./file.ts";
import { text } from "./scalars.ts";

/** One entry of `images`: the first one of the right architecture that can be had is used. */
export const image = z.strictObject({
  ...fileKeys,
  kernel: z.strictObject({ ...fileKeys, cmdline: text.optional() }).optional(),
  initrd: file.optional(),
  /** Since Lima 2.2. */
  variant: text.optional(),
});
