import type { Rule } from "./rule.ts";

export const firmwareUnsupported: Rule = {
  code: "FIRMWARE_UNSUPPORTED",
  severity: "error",
  *check({ firmware, vmType, arch }) {
    if (vmType === "vz") {
      for (const [index, image] of (firmware?.images ?? []).entries()) {
        if (image.vmType !== undefined && image.vmType !== "vz") continue;
        if (image.arch && image.arch !== arch) continue;
        yield { path: ["firmware", "images", index], message: "vz has its own firmware and takes no other" };
      }
    }
    if (firmware?.legacyBIOS !== true) return;
    const path = ["firmware", "legacyBIOS"];
    if (vmType === "vz") yield { path, severity: "warning", message: "vz has no BIOS and ignores it" };
    else if (arch && !["default", "x86_64", "armv7l"].includes(arch)) {
      yield { path, severity: "warning", message: `${arch} has no BIOS; it is ignored` };
    }
  },
};
