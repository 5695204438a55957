import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const templateProbeFailed: CauseRule = toldByLine({
  code: "TEMPLATE_PROBE_FAILED",
  text: "a probe of the template was not satisfied",
  hint: "Run its script in the guest: limactl shell NAME.",
  lines: hostLines,
  patterns: [/failed to satisfy the optional requirement/i],
});
