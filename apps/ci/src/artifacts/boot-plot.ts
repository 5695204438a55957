import type { BootTimeline } from "@sysinit-internal/acceptance";

import { escapedMarkup } from "../reporters/plain-text.ts";

const rowHeight = 18;
const labelWidth = 260;
const plotWidth = 640;

/** The boot as an SVG picture of its own: a bar for each phase and unit, and a line where the first shell was there. */
export function bootPlot({ phases, units, firstShellSeconds }: BootTimeline): string {
  const bars = [
    ...phases.map((phase) => ({ ...phase, kind: "phase" })),
    ...units.map((unit) => ({ ...unit, kind: "unit" })),
  ];
  const end = Math.max(
    firstShellSeconds,
    ...bars.map(({ startSeconds, seconds }) => startSeconds + seconds),
    0.001,
  );
  const x = (seconds: number) => (labelWidth + (seconds / end) * plotWidth).toFixed(1);
  const height = (bars.length + 2) * rowHeight;
  const rows = bars.map(({ name, startSeconds, seconds, kind }, index) => {
    const y = index * rowHeight;
    const width = Math.max((seconds / end) * plotWidth, 1).toFixed(1);
    return `<g><text x="${labelWidth - 6}" y="${y + 13}" text-anchor="end">${escapedMarkup(name)}</text><rect class="${kind}" x="${x(startSeconds)}" y="${y + 3}" width="${width}" height="12"/><title>${escapedMarkup(name)}: ${seconds.toFixed(2)} s</title></g>`;
  });
  const shell = x(firstShellSeconds);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${labelWidth + plotWidth + 20} ${height}" font-family="sans-serif" font-size="12">
<style>svg{background:#fff;color:#222}.phase{fill:#3b6ea8}.unit{fill:#8fb3d9}</style>
${rows.join("\n")}
<line x1="${shell}" x2="${shell}" y1="0" y2="${height - rowHeight}" stroke="#c0392b"/>
<text x="${shell}" y="${height - 5}" text-anchor="end">first shell ${firstShellSeconds.toFixed(1)} s</text>
</svg>
`;
}
