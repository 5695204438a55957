import type { Rule } from "./rule.ts";

/** vz runs guests of the host's architecture only, and there are Macs of two. */
export const driverArch: Rule = {
  code: "DRIVER_ARCH",
  severity: "error",
  *check({ vmType, arch }) {
    if (vmType !== "vz" || !arch || ["default", "x86_64", "aarch64"].includes(arch)) return;
    yield { path: ["arch"], message: `no Mac is ${arch}, and vz cannot emulate`, hint: "use `vmType: qemu`" };
  },
};
