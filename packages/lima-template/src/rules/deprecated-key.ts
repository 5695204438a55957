import type { Rule } from "./rule.ts";

export const deprecatedKey: Rule = {
  code: "DEPRECATED_KEY",
  severity: "warning",
  *check({ cpuType, rosetta, provision }) {
    if (cpuType !== undefined && Object.keys(cpuType).length > 0) {
      yield {
        path: ["cpuType"],
        at: "key",
        message: "deprecated since Lima 2.0",
        hint: "use `vmOpts.qemu.cpuType`",
      };
    }
    if (rosetta !== undefined && Object.keys(rosetta).length > 0) {
      yield {
        path: ["rosetta"],
        at: "key",
        message: "deprecated since Lima 2.0",
        hint: "use `vmOpts.vz.rosetta`",
      };
    }
    for (const [index, entry] of (provision ?? []).entries()) {
      if (entry.mode !== "ansible") continue;
      yield {
        path: ["provision", index, "mode"],
        message: "`ansible` is deprecated",
        hint: "run ansible-playbook on the host with the inventory of the instance",
      };
    }
  },
};
