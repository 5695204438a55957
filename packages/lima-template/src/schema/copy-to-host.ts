import * as z from "zod";
import { flag, text } from "./scalars.ts";

/** One entry of `copyToHost`. */
export const copyToHost = z.strictObject({
  guest: text.optional().describe("Absolute path in the guest; guest fields are filled in."),
  host: text.optional().describe("Absolute path on the host; host fields such as `{{.Dir}}` are filled in."),
  deleteOnStop: flag.optional().describe("Default: false."),
});
