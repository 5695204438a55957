import { filled } from "../go-template/fill.ts";
import type { TemplateValue } from "../schema/template-schema.ts";
import type { Rule } from "./rule.ts";

/** Lima looks for it in the text that it has filled in. */
function mayHaveShebang(script: string, template: TemplateValue, partial: boolean): boolean {
  const [first] = filled(script, template, "guest");
  if (first?.kind !== "action") return first?.text.startsWith("#!") === true;
  // A parameter may still come from a base.
  return /^\.Param\.\w+$/.test(first.text) ? partial : !/^\.\w+$/.test(first.text);
}

export const probeWithoutShebang: Rule = {
  code: "PROBE_WITHOUT_SHEBANG",
  severity: "error",
  *check(template, { partial }) {
    for (const [index, probe] of (template.probes ?? []).entries()) {
      if (probe.file !== undefined || mayHaveShebang(probe.script ?? "", template, partial)) continue;
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
