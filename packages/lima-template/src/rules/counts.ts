import type { Rule } from "./rule.ts";

export const counts: Rule = {
  code: "BAD_COUNT",
  severity: "error",
  *check({ cpus, mounts }) {
    if (cpus !== undefined && cpus < 0) {
      yield {
        path: ["cpus"],
        message: `must not be negative, is ${cpus}`,
        hint: "leave it out for the default",
      };
    }
    for (const [index, mount] of (mounts ?? []).entries()) {
      const queueSize = mount.virtiofs?.queueSize;
      if (queueSize !== undefined && queueSize < 1) {
        yield {
          path: ["mounts", index, "virtiofs", "queueSize"],
          message: `must be 1 or more, is ${queueSize}`,
        };
      }
    }
  },
};
