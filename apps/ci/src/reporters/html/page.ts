import type { Report } from "@sysinit-internal/acceptance";
import { mergeReports } from "@sysinit-internal/acceptance/reports";

import { escapedMarkup } from "../plain-text.ts";
import { countsText } from "./counts-text.ts";
import { partSection } from "./part-section.ts";
import { style } from "./style.ts";

/**
 * The report as one HTML page that needs nothing else: its style is in it, it has no scripts, and its policy forbids any,
 * and everything from elsewhere. What tools and guests said is in it as text only.
 */
export function htmlOf(reports: readonly Report[]): string {
  const whole = mergeReports(reports);
  const name = reports[0]?.suite?.name ?? "Acceptance";
  const title = `${escapedMarkup(name)}: ${whole.verdict}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header class="${whole.verdict}">
<h1>${escapedMarkup(name)} <span class="badge">${whole.verdict}</span></h1>
<p>${countsText(whole.counts, whole.seconds)}, begun ${escapedMarkup(whole.startedAt)}</p>
</header>
<main>
${reports.map((report) => partSection(report, reports.length > 1)).join("\n")}
</main>
</body>
</html>
`;
}
