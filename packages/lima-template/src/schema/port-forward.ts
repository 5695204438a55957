import * as z from "zod";
import { flag, text, wholeNumber } from "./scalars.ts";

const range = z.tuple([wholeNumber, wholeNumber]);

/** One entry of `portForwards`; the first rule that matches a port decides. */
export const portForward = z.strictObject({
  guestIP: text.optional(),
  guestIPMustBeZero: flag.optional(),
  guestPort: wholeNumber.optional(),
  guestPortRange: range.optional(),
  guestSocket: text.optional(),
  hostIP: text.optional(),
  hostPort: wholeNumber.optional(),
  hostPortRange: range.optional(),
  hostSocket: text.optional(),
  proto: z.enum(["any", "tcp", "udp", ""]).optional(),
  reverse: flag.optional(),
  ignore: flag.optional(),
  static: flag.optional(),
});

/** One entry of `copyToHost`. */
export const copyToHost = z.strictObject({
  guest: text.optional(),
  host: text.optional(),
  deleteOnStop: flag.optional(),
});

/** One entry of `networks`: exactly one of `lima`, `socket` and `vzNAT`. */
export const network = z.strictObject({
  lima: text.optional(),
  socket: text.optional(),
  vzNAT: flag.optional(),
  macAddress: text.optional(),
  interface: text.optional(),
  metric: wholeNumber.min(0).max(4294967295).optional(),
});
