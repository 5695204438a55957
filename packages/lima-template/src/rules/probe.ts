import type { Rule } from "./rule.ts";

export const probeWithoutShebang: Rule = {
  code: "PROBE_WITHOUT_SHEBANG",
  severity: "error",
  *check({ probes }) {
    for (const [index, probe] of (probes ?? []).entries()) {
      if (probe.script?.startsWith("#!") || probe.file !== undefined) continue;
      yield {
        path: ["probes", index, "script"],
        message: probe.script === undefined ? "a probe needs a `script`" : "must start with a `#!` line",
        hint: "begin the script with #!/bin/sh",
      };
    }
  },
};

/** Embedding skips a probe without `script`, and one with an empty `script` ends with that key twice. */
export const probeFile: Rule = {
  code: "PROBE_FILE",
  severity: "error",
  *check({ probes }) {
    for (const [index, probe] of (probes ?? []).entries()) {
      if (probe.file === undefined) continue;
      yield {
        path: ["probes", index, "file"],
        at: "key",
        message: "`file` in a probe does not work up to Lima 2.2",
        hint: "put the text into `script`",
      };
    }
  },
};
