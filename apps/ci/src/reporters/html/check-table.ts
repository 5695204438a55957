import { isFlaky, type CheckResult } from "@sysinit-internal/acceptance";

import { escapedMarkup } from "../plain-text.ts";

/** All checks; on a narrow screen each row is a card. */
export function checkTable(checks: readonly CheckResult[]): string {
  return `<table class="checks">
<thead><tr><th>Verdict</th><th>Check</th><th>Time</th><th>Evidence</th></tr></thead>
<tbody>
${checks.map(row).join("\n")}
</tbody>
</table>`;
}

function row(check: CheckResult): string {
  const { id, title, verdict, seconds, evidence, output, rounds = [] } = check;
  const flaky = isFlaky(check) ? ` <span class="badge flaky">flaky</span>` : "";
  const passed = rounds.filter((round) => round.verdict === "pass").length;
  const often = rounds.length > 1 ? ` <small>passed ${passed} of ${rounds.length}</small>` : "";
  const more =
    output === undefined
      ? ""
      : `<details${verdict === "pass" ? "" : " open"}><summary>output</summary><pre>${escapedMarkup(output)}</pre></details>`;
  return `<tr class="${verdict}"><td><span class="badge ${verdict}">${verdict}</span>${flaky}${often}</td><td><code>${escapedMarkup(id)}</code><br>${escapedMarkup(title)}</td><td class="time">${seconds.toFixed(1)} s</td><td><pre class="evidence">${escapedMarkup(evidence)}</pre>${more}</td></tr>`;
}
