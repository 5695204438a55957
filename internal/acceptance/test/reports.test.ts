import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { makeReport, mergeRounds, rows, type CheckResult } from "../src/index.ts";
import { mergeReports, readParts, readReport } from "../src/reports/index.ts";

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "reports-"));
});
afterAll(() => rm(work, { recursive: true, force: true }));

async function file(name: string, value: unknown): Promise<string> {
  const path = join(work, name);
  await writeFile(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

const result = (verdict: CheckResult["verdict"], seconds = 1): CheckResult => ({
  ...rows[0]!,
  verdict,
  seconds,
  evidence: `was ${verdict}`,
});
const report = (cell: string, verdict: CheckResult["verdict"], second: number) =>
  makeReport({
    startedAt: new Date(second * 1000),
    seconds: 10,
    facts: {},
    timeline: [],
    rows: [rows[0]!],
    results: [result(verdict)],
    cell: { id: cell },
  });

it("a report is read back as it was written, a merged one as its parts", async () => {
  const [one, two] = [report("one", "pass", 0), report("two", "fail", 5)];
  expect(await readReport(await file("one.json", one))).toEqual([one]);
  const merged = mergeReports([one, two]);
  expect(merged).toMatchObject({
    verdict: "fail",
    seconds: 15,
    counts: { pass: 1, fail: 1 },
    startedAt: one.startedAt,
  });
  expect(await readReport(await file("merged.json", merged))).toEqual([one, two]);
});

it("a report of a newer version is refused, and so is what is no report", async () => {
  const newer = await file("newer.json", { ...report("one", "pass", 0), schemaVersion: 2 });
  await expect(readReport(newer)).rejects.toMatchObject({ code: "REPORT_VERSION_UNKNOWN" });
  for (const text of ["", "{}", "[]", '{"schemaVersion":1,"checks":7}']) {
    await expect(readReport(await file("bad.json", text))).rejects.toMatchObject({
      code: "REPORT_UNREADABLE",
    });
  }
  await expect(readReport(join(work, "none.json"))).rejects.toMatchObject({ code: "REPORT_UNREADABLE" });
});

it("two reports of one cell are not merged", async () => {
  const files = [
    await file("a.json", report("one", "pass", 0)),
    await file("b.json", report("one", "pass", 0)),
  ];
  await expect(readParts(files)).rejects.toMatchObject({ code: "CELL_TWICE" });
});

it("rounds become one result: the worst verdict, the median of the times", () => {
  const merged = mergeRounds([[result("pass", 1)], [result("fail", 5)], [result("pass", 2)]]);
  expect(merged).toMatchObject([
    {
      verdict: "fail",
      seconds: 2,
      evidence: "in 1 of 3 rounds: was fail",
      rounds: [{ verdict: "pass" }, { verdict: "fail" }, { verdict: "pass" }],
    },
  ]);
  expect(mergeRounds([[result("pass")]])).toEqual([result("pass")]);
});
