import type { VmEvent } from "@sysinit/lima-control";

import type { Step } from "../step.ts";

// Often enough to be read as it goes by.
const tailEveryMs = 1_000;
const tailLines = 6;
// limactl warns of the variable by which emulation is chosen, which is said in words of our own.
const emulationWarning = /^Specifying args .*QEMU_SYSTEM_|^Not adding QEMU argument /;

/**
 * Shows what a VM is doing on a step: the phase, and what it waits for.
 *
 * @param consoleTail Reads the end of the guest's console; its last lines are shown from when nothing new has been told for a
 *   while until the VM is ready.
 */
export function narrateVm(step: Step, consoleTail?: (lines: number) => string[]): (event: VmEvent) => void {
  let timer: NodeJS.Timeout | undefined;
  const watchConsole = () => {
    if (consoleTail === undefined || timer !== undefined) return;
    const show = () => step.tail(consoleTail(tailLines));
    timer = setInterval(show, tailEveryMs);
    timer.unref();
    show();
  };
  const leaveConsole = () => {
    clearInterval(timer);
    step.tail([]);
  };
  let phase = "";
  // limactl says some things at each of its steps.
  const noted = new Set<string>();
  const note = (text: string) => {
    if (!noted.has(text)) step.note(text);
    noted.add(text);
  };
  return (event) => {
    switch (event.type) {
      case "creating":
        phase = "create: ";
        step.update("creating the instance");
        break;
      case "starting":
        phase = "boot: ";
        step.update("boot: starting");
        break;
      case "requirement":
        step.update(`${phase}${event.text}`);
        break;
      case "waiting":
        step.update(`${phase}${event.text}`);
        if (phase === "boot: ") watchConsole();
        break;
      case "message":
        if (!["warning", "error"].includes(event.level) || emulationWarning.test(event.text))
          step.log(`limactl: ${event.text}`);
        else note(`limactl: ${event.text}`);
        break;
      case "probe":
        step.update(
          `${event.label}: ${event.state}${event.detail === undefined ? "" : ` (${event.detail})`}`,
        );
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
        leaveConsole();
        step.update("stopping");
        break;
      case "deleting":
        leaveConsole();
        step.update("deleting");
        break;
      case "ready":
        leaveConsole();
        break;
    }
  };
}
