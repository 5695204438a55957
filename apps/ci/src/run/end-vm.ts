import type { RunningVm } from "@sysinit/lima-control";
import { during, narrateVm } from "@sysinit-internal/terminal";

import type { AcceptanceRun } from "./acceptance-run.ts";
import { judgeGone, tracesOf } from "./judge-gone.ts";

/** Stops and deletes the VM, and judges that nothing of it is left. */
export async function endVm({ app, recorder, stopwatch }: AcceptanceRun, vm: RunningVm): Promise<void> {
  const { signal, output } = app;
  const traces = await tracesOf(await vm.inspect({ signal }));
  const stopStep = output.step(`stop ${vm.name}`);
  const stopped = await during(stopStep, () =>
    stopwatch.measure("stop", () => vm.stop({ signal, onEvent: narrateVm(stopStep) })),
  );
  const { status } = await stopped.inspect({ signal });
  recorder.action(
    "vm.stop",
    { verdict: status === "Stopped" ? "pass" : "fail", evidence: `status ${status}` },
    stopwatch.secondsOf("stop"),
  );
  await during(output.step(`delete ${vm.name}`), () =>
    stopwatch.measure("delete", () => stopped.delete({ signal })),
  );
  recorder.action("vm.delete", await judgeGone(traces), stopwatch.secondsOf("delete"));
}
