import type { StoreEvent } from "@sysinit/image-store";

import type { Step } from "../step.ts";
import { formatBytes } from "../units.ts";

/** Shows a verb of the store on a step. */
export function narrateStore(step: Step): (event: StoreEvent) => void {
  return (event) => {
    switch (event.type) {
      case "waiting-for-lock":
        step.update(
          `waiting for the store${event.holderPid === undefined ? "" : ` (process ${event.holderPid})`}`,
        );
        break;
      case "copy":
        step.update(`copied ${formatBytes(event.doneBytes)} of ${formatBytes(event.totalBytes)}`);
        break;
      case "hash":
        step.update(`hashed ${formatBytes(event.doneBytes)} of ${formatBytes(event.totalBytes)}`);
        break;
      case "convert":
        step.update(
          `wrote ${formatBytes(event.doneBytes)} of ${formatBytes(event.totalBytes)} of the raw disk`,
        );
        break;
      case "download":
      case "upload":
        step.update(`${event.type} ${formatBytes(event.doneBytes)}`);
        break;
      case "warning":
        step.note(event.message);
        break;
      case "retry":
      case "restart":
        step.note(event.reason);
        break;
      case "found":
      case "cloned":
      case "published":
      case "removed":
        break;
    }
  };
}
