import * as z from "zod";
import { flag, text, unsigned } from "./scalars.ts";

export const user = z.strictObject({
  name: text.optional().describe("Default: the host user's name where Linux accepts it, else lima."),
  comment: text.optional().describe("Full name. Default: the host user's."),
  home: text
    .optional()
    .describe("Default: /home/NAME.guest since Lima 2.1, /home/NAME.linux before. `{{.User}}` is filled in."),
  shell: text.optional().describe("Absolute path in the guest. Default: /bin/bash on Linux."),
  uid: unsigned.optional().describe("Default: the host user's, which is what makes mounts writable."),
  passwordlessSudo: flag.optional().describe("false needs `plain: true`. Since Lima 2.2. Default: true."),
});
