import type { StoreEvent } from "@sysinit/image-store";

import type { Step } from "../step.ts";
import { formatBytes } from "../units.ts";

/** Shows an install or a verification on a step. */
export function narrateStore(step: Step): (event: StoreEvent) => void {
  return (event) => {
    switch (event.type) {
      case "waiting-for-lock":
        step.update(
          `waiting for another install${event.holderPid === undefined ? "" : ` (process ${event.holderPid})`}`,
        );
        break;
      case "copy":
        step.update(`copied ${formatBytes(event.doneBytes)} of ${formatBytes(event.totalBytes)}`);
        break;
      case "hash":
        step.update(`hashed ${formatBytes(event.doneBytes)} of ${formatBytes(event.totalBytes)}`);
        break;
      case "published":
        break;
    }
  };
}
