import * as z from "zod";
import { architecture, flag, text } from "./scalars.ts";

export const cpuType = z.partialRecord(architecture, text);

export const rosetta = z.strictObject({
  enabled: flag.optional().describe("Default: false."),
  binfmt: flag.optional().describe("Register Rosetta for x86_64 programs. Default: false."),
});

const anything = z.record(z.string(), z.unknown());

/** `vmOpts`: options of one driver each. Those of drivers outside Lima are theirs to check. */
export const vmOptions = z.strictObject({
  qemu: z
    .strictObject({
      minimumVersion: text.optional().describe("Oldest QEMU that the template works with."),
      cpuType: cpuType.optional().describe("QEMU's `-cpu` by architecture. Since Lima 2.0."),
    })
    .optional()
    .describe("Options of the QEMU driver."),
  vz: z
    .strictObject({
      rosetta: rosetta.optional().describe("Rosetta for x86_64 programs on Apple silicon."),
      diskImageFormat: z.enum(["raw", "asif"]).optional().describe("asif needs macOS 26. Default: raw."),
    })
    .optional()
    .describe("Options of the vz driver. Since Lima 2.0."),
  wsl2: anything.optional().describe("Options of the WSL2 driver."),
  krunkit: anything.optional().describe("Options of the krunkit driver."),
});
