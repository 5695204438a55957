import * as z from "zod";
import { flag, text, wholeNumber } from "./scalars.ts";

const range = z.tuple([wholeNumber, wholeNumber]);

/** One entry of `portForwards`; the first rule that matches a port decides. */
export const portForward = z.strictObject({
  guestIP: text.optional().describe("Default: 127.0.0.1."),
  guestIPMustBeZero: flag
    .optional()
    .describe("Match only ports bound to 0.0.0.0. Default: true when `guestIP` is 0.0.0.0."),
  guestPort: wholeNumber.optional().describe("Short for a range of one."),
  guestPortRange: range.optional().describe("First and last port. Default: all, 1 to 65535."),
  guestSocket: text.optional().describe("Absolute path of a Unix socket in the guest."),
  hostIP: text.optional().describe("Default: 127.0.0.1."),
  hostPort: wholeNumber.optional().describe("Short for a range of one."),
  hostPortRange: range.optional().describe("First and last port. Default: as in the guest."),
  hostSocket: text
    .optional()
    .describe("Path of a Unix socket on the host; a relative one is in `sock/` of the instance."),
  proto: z.enum(["any", "tcp", "udp", ""]).optional().describe("Default: any."),
  reverse: flag.optional().describe("From the host's socket into the guest. Default: false."),
  ignore: flag.optional().describe("Do not forward what matches. Default: false."),
  static: flag
    .optional()
    .describe("Forward from the start, also in plain mode. Since Lima 2.0. Default: false."),
});
