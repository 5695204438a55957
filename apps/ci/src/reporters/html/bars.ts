import { escapedMarkup } from "../plain-text.ts";

/** A stretch of time. */
export interface Bar {
  name: string;
  startSeconds: number;
  seconds: number;
  /** The class that gives its colour. */
  kind: string;
}

/** Bars on one axis of time, one below the other; with a line down through all of them at `markSeconds`. */
export function bars(rows: readonly Bar[], markSeconds?: number): string {
  const end = Math.max(...rows.map(({ startSeconds, seconds }) => startSeconds + seconds), 0.001);
  const percent = (seconds: number) => `${((seconds / end) * 100).toFixed(2)}%`;
  const mark = markSeconds === undefined ? "" : `<i style="left:${percent(markSeconds)}"></i>`;
  const items = rows.map(
    ({ name, startSeconds, seconds, kind }) =>
      `<li><span class="name">${escapedMarkup(name)}</span><span class="track"><b class="${kind}" style="left:${percent(startSeconds)};width:${percent(seconds)}"></b>${mark}</span><span class="time">${seconds.toFixed(1)} s</span></li>`,
  );
  return `<ol class="bars">\n${items.join("\n")}\n</ol>`;
}
