import type { Report } from "@sysinit-internal/acceptance";
import { partName } from "@sysinit-internal/acceptance/reports";

import { escapedMarkup } from "../plain-text.ts";
import { bars } from "./bars.ts";
import { checkTable } from "./check-table.ts";
import { countsText } from "./counts-text.ts";
import { excerpts } from "./excerpts.ts";

/** One run: what it was made of, what happened to it, its checks, where its time went, and the ends of its logs. */
export function partSection(report: Report, named: boolean): string {
  const heading = named
    ? `<h2>${escapedMarkup(partName(report))} <span class="badge ${report.verdict}">${report.verdict}</span></h2>
<p>${countsText(report.counts, report.seconds)}</p>`
    : "";
  return `<section>
${[
  heading,
  notes(report),
  checkTable(report.checks),
  boot(report),
  steps(report),
  excerpts(report),
  facts(report),
]
  .filter((part) => part !== "")
  .join("\n")}
</section>`;
}

function notes({ attempts = [], failure, kept, rounds, measurements }: Report): string {
  const boots = measurements?.bootSeconds.map((seconds) => `${seconds.toFixed(1)} s`).join(", ");
  const lines = [
    ...attempts.map(
      ({ code, message }, index) =>
        `<p class="note">Attempt ${index + 1} could not be made and was made again: ${escapedMarkup(message)} <code>${escapedMarkup(code)}</code></p>`,
    ),
    ...(failure === undefined
      ? []
      : [
          `<p class="note error">${escapedMarkup(failure.message)} <code>${escapedMarkup(failure.code)}</code>${failure.hint === undefined ? "" : `<br>${escapedMarkup(failure.hint)}`}</p>`,
        ]),
    ...(kept === undefined
      ? []
      : [`<p class="note">The VM was kept: <code>${escapedMarkup(kept)}</code></p>`]),
    ...(rounds === undefined ? [] : [`<p class="note">${rounds} rounds; boots: ${boots}</p>`]),
  ];
  return lines.join("\n");
}

function boot({ boot }: Report): string {
  if (boot === undefined) return "";
  const { phases, units, firstShellSeconds } = boot;
  const shell = { name: "first shell", startSeconds: 0, seconds: firstShellSeconds, kind: "shell" };
  const rows = [
    ...phases.map((phase) => ({ ...phase, kind: "phase" })),
    ...units.map((unit) => ({ ...unit, kind: "unit" })),
    shell,
  ];
  return `<h3>Boot</h3>\n${bars(rows, firstShellSeconds)}`;
}

function steps({ timeline }: Report): string {
  if (timeline.length === 0) return "";
  let at = 0;
  const rows = timeline.map(({ step, seconds }) => {
    const row = { name: step, startSeconds: at, seconds, kind: "step" };
    at += seconds;
    return row;
  });
  return `<h3>Steps of the run</h3>\n${bars(rows)}`;
}

function facts({ facts, cell, startedAt }: Report): string {
  const rows: [string, string | undefined][] = [
    ["begun", startedAt],
    ["cell", cell?.id],
    ["instance", facts.instance],
    ["accelerator", facts.accelerator && `${facts.accelerator.kind}: ${facts.accelerator.reason}`],
    [
      "versions",
      facts.versions &&
        Object.entries(facts.versions)
          .map(([tool, version]) => `${tool} ${version}`)
          .join(", "),
    ],
    ["image", facts.image && `${facts.image.name}, generation ${facts.image.generation}`],
    ["from", facts.image?.installable ?? facts.image?.why],
    ["sha256", facts.image?.sha256],
  ];
  const known = rows.filter(([, value]) => value !== undefined);
  return `<h3>What ran</h3>\n<dl>${known.map(([key, value]) => `<dt>${key}</dt><dd>${escapedMarkup(value!)}</dd>`).join("")}</dl>`;
}
