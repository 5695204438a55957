import { makeReport, type CheckResult, type Report } from "@sysinit-internal/acceptance";

/** What a guest could print to take over a reader, a runner or a parser. */
export const hostileTexts = [
  "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>",
  "</pre></td></table><h1>owned</h1><!-- ]]> &lt; ' \" onmouseover=owned",
  "::error file=owned::owned\n::add-mask::owned\r\n::stop-commands::owned",
  "text ##[add-mask]owned ##vso[task.complete]owned ##teamcity[owned]",
  "\u001b[2J\u001b]0;owned\u0007\u001b]52;c;b3duZWQ=\u0007\u009b31m\u0090owned\u009c",
  "\u001b[0Ksection_end:1:lima_ci_1\r\u001b[0K",
  "--- owned\n+++ owned\n^^^ +++\n~~~ owned",
  "\n\n# owned\n\n[owned](http://owned.example) ![](http://owned.example/x.png) @owned | `owned`",
  "\nok 99 - owned\n1..0 # SKIP owned\nBail out! owned\n  ...\n  ---\n",
  "# TODO owned \\# TODO",
  "a\u202eb\u2066c\u0000d\ufffee\ud800f",
  "owned\u2028::error::owned\u2029\u0085\u000b\u000c::error::owned",
];

/** A report in which everything that a guest can say is hostile. */
export function hostileReport(verdict: CheckResult["verdict"] = "fail"): Report {
  const results = hostileTexts.map((text, index): CheckResult => ({
    id: `check-${index}`,
    section: text,
    title: text,
    verdict,
    evidence: text,
    output: text,
    seconds: 1,
  }));
  const all = hostileTexts.join("\n");
  const report = makeReport({
    startedAt: new Date("2026-01-02T03:04:05Z"),
    seconds: 9,
    facts: {
      instance: all,
      versions: { lima: all },
      accelerator: { kind: "tcg", hardware: false, reason: all },
    },
    timeline: [{ step: all, seconds: 1 }],
    rows: results,
    results,
    suite: { name: all, file: "lima-ci.yaml" },
    cell: { id: all },
    attempts: [{ code: "START_FAILED", message: all, seconds: 1 }],
    failure: { code: "START_FAILED", message: all, hint: all },
    excerpts: [{ title: all, text: all }],
    kept: all,
    boot: {
      phases: [{ name: "kernel", startSeconds: 0, seconds: 1 }],
      units: hostileTexts.map((name) => ({ name, startSeconds: 0, seconds: 1 })),
      firstShellSeconds: 2,
    },
  });
  return report;
}

/** Characters that a terminal obeys, or that turn the direction of writing round. */
export const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
