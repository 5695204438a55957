import { makeReport, rows } from "@sysinit-internal/acceptance";
import { expect, it } from "vitest";

import { junitOf } from "../src/reporters/junit.ts";

const report = makeReport({
  startedAt: new Date("2026-01-02T03:04:05Z"),
  seconds: 9,
  facts: {},
  timeline: [],
  results: rows.map((row, index) => ({
    ...row,
    seconds: 0.5,
    verdict: index === 0 ? "fail" : index === 1 ? "skip" : index === 2 ? "error" : "pass",
    evidence: index === 0 ? 'got <b> & "c"\u001b[31m\u0000\nsecond line ]]>' : "seen",
  })),
});

it("counts failures, errors and skipped rows apart", () => {
  expect(junitOf([report])).toContain(
    '<testsuites name="lima-ci" tests="28" failures="1" errors="1" skipped="1" time="9.000">',
  );
});

it("escapes markup and drops what XML forbids", () => {
  expect(junitOf([report])).toContain(
    '<failure message="got &lt;b&gt; &amp; &quot;c&quot;&#10;second line ]]&gt;"/>',
  );
});

it("has a suite per section and a case per row", () => {
  const xml = junitOf([report]);
  expect(xml.match(/<testsuite /g)).toHaveLength(5);
  expect(xml.match(/<testcase /g)).toHaveLength(28);
  expect(xml).toContain('classname="vm.whoami"');
});
