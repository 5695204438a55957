import type { Report } from "@sysinit-internal/acceptance";

import { escapedMarkup } from "../plain-text.ts";

/** The ends of the logs that say why a run stopped. */
export function excerpts({ excerpts = [] }: Report): string {
  if (excerpts.length === 0) return "";
  const blocks = excerpts.map(
    ({ title, text }) =>
      `<details open><summary>${escapedMarkup(title)}</summary><pre>${escapedMarkup(text)}</pre></details>`,
  );
  return `<h3>Logs</h3>\n${blocks.join("\n")}`;
}
