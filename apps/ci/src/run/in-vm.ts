import type { Lima } from "@sysinit/lima-control";
import type { CheckContext } from "@sysinit-internal/acceptance";

import type { AcceptanceRun } from "./acceptance-run.ts";
import { endVm } from "./end-vm.ts";
import { keepVm } from "./keep-vm.ts";
import { makeChecks } from "./make-checks.ts";
import { prepareGuest, tearDown } from "./prepare-guest.ts";
import { startVm } from "./start-vm.ts";

/** The VM's part of a run: start, checks inside, stop, delete. However it ends, the VM goes unless it is to be kept. */
export async function inVm(
  run: AcceptanceRun,
  lima: Lima,
  template: string,
  context: CheckContext,
): Promise<void> {
  const vm = await startVm(run, lima, template);
  let settled = false;
  try {
    const guestContext: CheckContext = {
      ...context,
      // The environment in which the limactl of this run was found.
      env: run.env,
      guest: {
        exec: (argv, options) => vm.tryExec(argv, options),
        waitFor: (probe, options) => vm.waitFor(probe, options),
      },
    };
    if (await prepareGuest(run, vm)) await makeChecks(run, "guest", guestContext);
    await tearDown(run, vm);
    if (run.options.collect === "always" || (run.options.collect === "on-failure" && run.recorder.failed))
      await run.artifacts.collect(vm, run.app.output);
    if (run.options.keep === "always" || (run.options.keep === "on-failure" && run.recorder.failed)) {
      await vm.detach();
      keepVm(run, lima.home);
    } else {
      await endVm(run, vm);
    }
    settled = true;
  } finally {
    // Aborted or failed on the way: the VM goes, and what was wrong before is what is reported.
    if (!settled)
      await vm.delete().catch((error: Error) => run.app.output.say(`could not delete: ${error.message}`));
  }
}
