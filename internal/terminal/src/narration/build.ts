import type { BuildEvent } from "@sysinit/nix-runner";

import { BuildView } from "../progress/build-view.ts";
import type { Step } from "../step.ts";

// As often as can be read, by the events' own time; what changes the kind of work is shown at once.
const headlineEveryMs = 500;
const linesEveryMs = 100;
const mostLines = 10;

/**
 * Shows a nix build on a step: the totals in its live line, and below it one line for each running build and download.
 *
 * @param view Takes the events as well; hand one in to have its summary at the end.
 */
export function narrateBuild(step: Step, view = new BuildView()): (event: BuildEvent) => void {
  let headlineAtMs = -Infinity;
  let linesAtMs = -Infinity;
  return (event) => {
    view.take(event);
    if (event.type === "log") step.log(`${event.name}> ${event.line}`);
    if (event.type === "warning") step.note(`nix: ${event.text}`);
    const { atMs } = event;
    const isTurn = event.type === "phase" || event.type === "waiting";
    if (isTurn || atMs - headlineAtMs >= headlineEveryMs) {
      headlineAtMs = atMs;
      step.update(view.headline());
    }
    if (isTurn || event.type === "build-finished" || atMs - linesAtMs >= linesEveryMs) {
      linesAtMs = atMs;
      step.tail(view.lines(mostLines));
    }
  };
}
