import * as z from "zod";
import { flag, text, unsigned } from "./scalars.ts";

/** One entry of `networks`: exactly one of `lima`, `socket` and `vzNAT`. */
export const network = z.strictObject({
  lima: text
    .optional()
    .describe("Name of a network in networks.yaml. On Linux only those of mode user-v2 work."),
  socket: text.optional().describe("Unix socket of a network daemon."),
  vzNAT: flag.optional().describe("vz only: the network of Apple's Virtualization framework."),
  macAddress: text.optional().describe("Default: derived from the host and the instance."),
  interface: text.optional().describe("Name in the guest, shorter than 16 bytes. Default: lima0, lima1, …"),
  metric: unsigned.optional().describe("Metric of its routes. Default: 100."),
});
