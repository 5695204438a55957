import type { VmEvent } from "@sysinit/lima-control";

import type { Step } from "../step.ts";

/** Shows what a VM is doing on a step. */
export function narrateVm(step: Step): (event: VmEvent) => void {
  return (event) => {
    switch (event.type) {
      case "creating":
        step.update("creating the instance");
        break;
      case "starting":
        step.update("starting");
        break;
      case "requirement":
      case "waiting":
        step.update(event.text);
        break;
      case "message":
        if (event.level === "warning" || event.level === "error") step.note(`limactl: ${event.text}`);
        break;
      case "probe":
        step.update(`${event.label}: ${event.state}`);
        break;
      case "degraded":
        for (const reason of event.reasons) step.note(`degraded: ${reason}`);
        break;
      case "saving":
        step.update("saving its state");
        break;
      case "resetting":
        step.update("resetting");
        break;
      case "stopping":
        step.update("stopping");
        break;
      case "deleting":
        step.update("deleting");
        break;
      case "ready":
        break;
    }
  };
}
