import * as z from "zod";
import { flag, text, wholeNumber } from "./scalars.ts";

export const user = z.strictObject({
  name: text.optional(),
  comment: text.optional(),
  /** Default: `/home/NAME.guest` since Lima 2.1, `/home/NAME.linux` before. */
  home: text.optional(),
  shell: text.optional(),
  /** Default: the host user's, which is what makes mounts writable. */
  uid: wholeNumber.min(0).max(4294967295).optional(),
  /** Since Lima 2.2. */
  passwordlessSudo: flag.optional(),
});
