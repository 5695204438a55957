import * as z from "zod";
import { flag, wholeNumber } from "./scalars.ts";

export const ssh = z.strictObject({
  localPort: wholeNumber.optional().describe("Port on the host. Default: 0, a free one."),
  loadDotSSHPubKeys: flag.optional().describe("Let ~/.ssh/*.pub of the host log in as well. Default: false."),
  forwardAgent: flag.optional().describe("Forward the host's ssh agent. Default: false."),
  forwardX11: flag.optional().describe("Default: false."),
  forwardX11Trusted: flag.optional().describe("Default: false."),
  overVsock: flag.optional().describe("vz only: ssh over vsock. Default: the driver's."),
});
