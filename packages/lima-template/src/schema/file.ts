import * as z from "zod";
import { architectureOfFile, text, vmType } from "./scalars.ts";

/** Keys of anything that is fetched. */
export const fileKeys = {
  location: text.describe(
    "URL, `~/` path or absolute path. A relative path is relative to limactl's working directory.",
  ),
  arch: architectureOfFile.optional().describe("Architecture of the file. Default: the template's `arch`."),
  digest: text
    .optional()
    .describe("`sha256:…`, `sha384:…` or `sha512:…`; checked when the file is copied or downloaded."),
};

export const file = z.strictObject(fileKeys);

export const firmwareFile = z.strictObject({
  ...fileKeys,
  vmType: vmType.optional().describe("The driver that the firmware is for. Default: all."),
});
