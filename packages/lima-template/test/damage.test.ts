import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { formatFinding, readTemplate } from "../src/index.ts";

const templates = ["minimal.yaml", "common.yaml"].map((name) =>
  readFileSync(join(import.meta.dirname, "../../../lima/templates", name), "utf8"),
);
const noise = [
  "\t",
  "\n",
  ":",
  " ",
  "- ",
  "[",
  "{",
  "}",
  "&a ",
  "*a ",
  "<<: ",
  "!!binary ",
  '"',
  "'",
  "|",
  "#",
  "\u0000",
  "é",
  "null",
  "0",
  "---\n",
];

/** The same numbers on every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

test("damaged texts throw nothing, and every finding points into the text", () => {
  const next = numbers(2026);
  const below = (limit: number) => (next.next().value ?? 0) % limit;
  for (let round = 0; round < 400; round++) {
    let text = templates[below(templates.length)] ?? "";
    for (let damage = 0; damage <= below(4); damage++) {
      const at = below(text.length);
      text = text.slice(0, at) + (noise[below(noise.length)] ?? "") + text.slice(at + below(12));
    }
    const { template, findings, ok } = readTemplate({ text, context: { partial: true } });
    const lines = text.replace(/^\uFEFF/, "").split("\n");
    for (const finding of findings) {
      expect(lines[finding.line - 1]?.replace(/\r$/, ""), JSON.stringify({ text, finding })).toContain(
        finding.sourceLine.replace(/…$/, ""),
      );
      expect(finding.message).not.toContain("\n");
      expect(formatFinding(finding)).toContain(finding.code);
    }
    expect(ok).toBe(!findings.some((finding) => finding.severity === "error"));
    // What passes means the same after it is rendered.
    if (template !== undefined) {
      const again = readTemplate({ text: template.render(), context: { partial: true } });
      expect(again.template?.value, text).toEqual(template.value);
      expect(again.template?.render()).toBe(template.render());
      expect(() => parse(template.render())).not.toThrow();
    }
  }
});
