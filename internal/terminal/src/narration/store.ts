import type { StoreEvent } from "@sysinit/image-store";

import { StoreView } from "../progress/store-view.ts";
import type { Step } from "../step.ts";

// As often as can be read, by the events' own time.
const headlineEveryMs = 500;

/** Shows a verb of the store on a step. */
export function narrateStore(step: Step): (event: StoreEvent) => void {
  const view = new StoreView();
  let shownAtMs = -Infinity;
  let shownType = "";
  return (event) => {
    view.take(event);
    if (event.type === "warning") step.note(event.message);
    if (event.type === "retry")
      step.note(`${event.reason}; trying again (${event.attempt} of ${event.retries})`);
    if (event.type === "restart") step.note(`the download begins again: ${event.reason}`);
    if (event.type === "found") step.log(`sha256 ${event.sha256} at ${event.url}`);
    if (event.type === "removed") step.log(`removed ${event.file}`);
    const isSoon = event.type === shownType && event.atMs - shownAtMs < headlineEveryMs;
    const isLast = "doneBytes" in event && event.doneBytes === event.totalBytes;
    if (isSoon && !isLast) return;
    shownAtMs = event.atMs;
    shownType = event.type;
    step.update(view.headline());
  };
}
