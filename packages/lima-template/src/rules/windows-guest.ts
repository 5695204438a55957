import type { Rule } from "./rule.ts";

export const windowsGuest: Rule = {
  code: "WINDOWS_GUEST",
  severity: "error",
  *check({ os, vmType, arch }) {
    if (os !== "Windows") return;
    if (vmType !== undefined && vmType !== "qemu") {
      yield { path: ["vmType"], message: `${vmType} cannot run Windows guests`, hint: "use `vmType: qemu`" };
    }
    if (arch && !["default", "x86_64", "aarch64"].includes(arch)) {
      yield { path: ["arch"], message: `there is no Windows for ${arch}`, hint: "use x86_64 or aarch64" };
    }
  },
};
