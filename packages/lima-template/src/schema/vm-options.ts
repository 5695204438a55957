import * as z from "zod";
import { architecture, flag, text } from "./scalars.ts";

export const cpuType = z.partialRecord(architecture, text);

export const rosetta = z.strictObject({ enabled: flag.optional(), binfmt: flag.optional() });

const anything = z.record(z.string(), z.unknown());

/** `vmOpts`: options of one driver each. Those of drivers outside Lima are theirs to check. */
export const vmOptions = z.strictObject({
  qemu: z.strictObject({ minimumVersion: text.optional(), cpuType: cpuType.optional() }).optional(),
  vz: z
    .strictObject({ rosetta: rosetta.optional(), diskImageFormat: z.enum(["raw", "asif"]).optional() })
    .optional(),
  wsl2: anything.optional(),
  krunkit: anything.optional(),
});
