import { XMLParser, XMLValidator } from "fast-xml-parser";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { Parser as TapParser } from "tap-parser";
import { describe, expect, it } from "vitest";

import { bootPlot } from "../src/artifacts/boot-plot.ts";
import { harmless } from "../src/pipeline/harmless.ts";
import { jsonText } from "../src/pipeline/json-text.ts";
import { annotationsOf } from "../src/reporters/github-annotations.ts";
import { summaryOf } from "../src/reporters/github-summary.ts";
import { htmlOf } from "../src/reporters/html/page.ts";
import { jsonOf } from "../src/reporters/json.ts";
import { junitOf } from "../src/reporters/junit.ts";
import { tableOf } from "../src/reporters/table.ts";
import { tapOf } from "../src/reporters/tap.ts";
import { controls, hostileReport, hostileTexts } from "./hostile.ts";

const report = hostileReport();
const two = [report, { ...hostileReport(), cell: { id: "other" } }];

describe.each([
  ["JSON", jsonOf],
  ["JUnit", junitOf],
  ["TAP", tapOf],
  ["annotations", annotationsOf],
  ["step summary", summaryOf],
  ["HTML", htmlOf],
  ["table", (reports: typeof two) => tableOf(reports)],
  ["boot plot", (reports: typeof two) => bootPlot(reports[0]!.boot!)],
])("%s", (_, render) => {
  it("has no control characters of a guest in it", () => {
    expect(controls.exec(render(two))).toBeNull();
  });
});

describe("JUnit", () => {
  it("is well-formed, with the cases that there are and no other elements", () => {
    const xml = junitOf([report]);
    expect(XMLValidator.validate(xml)).toBe(true);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(xml) as {
      testsuites: { testsuite: { testcase: object }[] };
    };
    expect(Object.keys(parsed.testsuites).filter((key) => !key.startsWith("@_"))).toEqual(["testsuite"]);
    expect(parsed.testsuites.testsuite.flatMap(({ testcase }) => testcase)).toHaveLength(hostileTexts.length);
  });
});

describe("boot plot", () => {
  it("is well-formed, without scripts", () => {
    const svg = bootPlot(report.boot!);
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toMatch(/<script|<img/);
  });
});

describe("TAP", () => {
  it.each(["fail", "skip", "pass", "error"] as const)(
    "has as many points as checks when they %s",
    (verdict) => {
      const { ok, count, bailout, skip, todo, plan } = TapParserResult(tapOf([hostileReport(verdict)]));
      expect({ count, bailout, todo, skip, plan: plan.end }).toEqual({
        count: hostileTexts.length,
        bailout: false,
        todo: 0,
        skip: verdict === "skip" ? hostileTexts.length : 0,
        plan: hostileTexts.length,
      });
      expect(ok).toBe(verdict === "pass" || verdict === "skip");
    },
  );
});

function TapParserResult(text: string) {
  const parser = new TapParser();
  parser.end(text);
  return parser.results!;
}

describe("GitHub's runner", () => {
  /** The commands that the runner reads in a log: `::name` at the beginning of a line, `##[name]` anywhere. */
  const commandsIn = (log: string) =>
    log.split(/\r\n|\n|\r/).filter((line) => /^\s*::[a-z-]+.*::/.test(line) || /##\[/.test(line));

  it("sees one command per annotation, which has all that was said as its data", () => {
    const lines = annotationsOf([report]).trimEnd().split("\n");
    expect(lines.every((line) => /^::(error|warning|notice) [^:]*::/.test(line))).toBe(true);
    // Ten of a kind and no more.
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(10);
    expect(lines).toContainEqual(expect.stringContaining("3 more; the step summary has all of them"));
    expect(commandsIn(annotationsOf([report]))).toHaveLength(lines.length);
  });

  it("sees none in text that a guest said", () => {
    for (const text of hostileTexts) expect(commandsIn(harmless(text)), text).toEqual([]);
    expect(commandsIn(harmless(tableOf(two)))).toEqual([]);
    expect(commandsIn(jsonText(report))).toEqual([]);
  });
});

describe("the logs of other pipelines", () => {
  it("GitLab sees no section, Buildkite no group, Azure and TeamCity no command in text that a guest said", () => {
    for (const text of hostileTexts) {
      const log = harmless(text);
      expect(log).not.toMatch(/section_(start|end):.*\r\u001b\[0K/);
      expect(log).not.toMatch(/^(---|\+\+\+|~~~|\^\^\^)\s/m);
      expect(log).not.toMatch(/##(vso|teamcity)?\[/);
      expect(controls.exec(log)).toBeNull();
    }
  });

  it("our own colours stay", () => {
    expect(harmless("\u001b[32m✓\u001b[39m start\n")).toBe("\u001b[32m✓\u001b[39m start\n");
  });
});

describe("the step summary", () => {
  it("is HTML that a reader of Markdown leaves as it is, and no markup of a guest is in it", () => {
    const summary = summaryOf(two);
    const rendered = micromark(summary, {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
    expect(rendered.trim().split(/\n+/)).toEqual(summary.trim().split(/\n+/));
    expect(summary.match(/<h[1-6]>|<img|<script|<a /g)).toEqual(["<h3>", "<h3>"]);
  });
});

describe("JSON", () => {
  it("says what was said, in characters that nobody obeys", () => {
    expect((JSON.parse(jsonOf([report])) as typeof report).checks.map(({ evidence }) => evidence)).toEqual(
      report.checks.map(({ evidence }) => evidence),
    );
  });
});
