import * as z from "zod";
import { file } from "./file.ts";

const anything = z.record(z.string(), z.unknown());

/** `osOpts`: options of one guest system each; only Windows has any. */
export const operatingSystemOptions = z.strictObject({
  Linux: anything.optional().describe("None known."),
  Darwin: anything.optional().describe("None known."),
  FreeBSD: anything.optional().describe("None known."),
  Windows: z
    .strictObject({ virtioWin: z.array(file).optional().describe("Images with the virtio drivers.") })
    .optional()
    .describe("Options of Windows guests."),
});
