import { lastTry, toldByLine, type CauseRule } from "./cause.ts";

export const guestNotSetUp: CauseRule = toldByLine({
  code: "GUEST_NOT_SET_UP",
  text: "the guest runs ssh, but what is to set it up for Lima has not ended",
  hint: "Read the journal of its init (lima-init, lima-guest, cloud-init): it must write /run/lima-ssh-ready and /run/lima-boot-done.",
  lines: lastTry,
  patterns: [/lima-(?:ssh|fuse)-ready/, /lima-boot-done/],
});
