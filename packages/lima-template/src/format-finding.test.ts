import { expect, test } from "vitest";
import { formatFinding } from "./format-finding.ts";
import { readTemplate } from "./read-template.ts";

test("place, severity, code, path, message, the line with a mark, the hint", () => {
  const { findings } = readTemplate({ text: "images: [{location: /a}]\ncpu: 2\n", file: "minimal.yaml" });
  const finding = findings.find(({ code }) => code === "UNKNOWN_KEY");
  expect(finding && formatFinding(finding)).toBe(
    [
      "minimal.yaml:2:1: error[UNKNOWN_KEY] cpu: unknown key `cpu`",
      "  cpu: 2",
      "  ^",
      "  hint: did you mean `cpus`?",
    ].join("\n"),
  );
});

test("the mark stands below the value, also behind a tab", () => {
  const { findings } = readTemplate({ text: "images:\t[{location: /a, arch: arm64}]\n" });
  const finding = findings.find(({ code }) => code === "BAD_VALUE");
  const [place, line = "", mark = ""] = (finding ? formatFinding(finding) : "").split("\n");
  expect(place).toMatch(/^\(text\):1:31: error\[BAD_VALUE\]/);
  expect(line.slice(mark.indexOf("^"))).toBe("arm64}]");
});

test("control characters of a file do not reach the terminal", () => {
  const { findings } = readTemplate({ text: 'images: [{location: /a}]\nos: "\u001b[31mred"\n' });
  expect(findings.map(formatFinding).join("\n")).not.toContain("\u001b");
});
