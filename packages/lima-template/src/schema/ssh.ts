import * as z from "zod";
import { flag, wholeNumber } from "./scalars.ts";

export const ssh = z.strictObject({
  /** 0: Lima picks a free port. */
  localPort: wholeNumber.optional(),
  loadDotSSHPubKeys: flag.optional(),
  forwardAgent: flag.optional(),
  forwardX11: flag.optional(),
  forwardX11Trusted: flag.optional(),
  overVsock: flag.optional(),
});
