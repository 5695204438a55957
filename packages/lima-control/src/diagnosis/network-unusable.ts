import { hostLines, toldByLine, type CauseRule } from "./cause.ts";

export const networkUnusable: CauseRule = toldByLine({
  code: "NETWORK_UNUSABLE",
  text: "a network of the template cannot be had on this machine",
  hint: "On Linux only user-v2 networks work; take the network out of the template.",
  lines: hostLines,
  patterns: [/networks.*only supported on macOS/i, /network \S+ is not defined/i],
});
