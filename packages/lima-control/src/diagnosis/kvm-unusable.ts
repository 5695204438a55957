import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const kvmUnusable: CauseRule = toldByLine({
  code: "KVM_UNUSABLE",
  text: "/dev/kvm is there but cannot be used",
  hint: "Give your user access to /dev/kvm (group kvm), or let the VM run under emulation.",
  lines: hostLines,
  patterns: [
    /could not access kvm/i, // What our own proof says.
    /^\/dev\/kvm exists but |^there is no \/dev\/kvm/,
    /failed to initialize kvm/i,
    /kvm: (?:no such file|permission denied|operation not permitted)/i,
    /kvm accelerator (?:is )?not (?:found|available|supported)/i,
  ],
});
