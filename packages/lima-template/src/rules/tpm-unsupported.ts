import type { Rule } from "./rule.ts";

export const tpmUnsupported: Rule = {
  code: "TPM_UNSUPPORTED",
  severity: "error",
  *check({ tpm, arch, vmType }) {
    if (tpm !== true) return;
    if (arch === "ppc64le" || arch === "s390x") yield { path: ["tpm"], message: `${arch} has no TPM` };
    if (vmType === "vz" || vmType === "wsl2") {
      yield { path: ["tpm"], message: `${vmType} has no TPM`, hint: "use `vmType: qemu`" };
    }
  },
};
