import type { Lima, RunningVm } from "@sysinit/lima-control";
import { judgeBootTime, type CheckContext } from "@sysinit-internal/acceptance";
import { during, narrateVm } from "@sysinit-internal/terminal";

import type { AcceptanceRun } from "./acceptance-run.ts";
import { judgeGone, tracesOf } from "./judge-gone.ts";
import { makeChecks } from "./make-checks.ts";

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
    await makeChecks(run, "guest", {
      ...context,
      guest: { exec: (argv, options) => vm.tryExec(argv, options) },
    });
    if (run.recorder.failed) await keepLogs(run, vm);
    if (run.options.keep === "always" || (run.options.keep === "on-failure" && run.recorder.failed)) {
      await vm.detach();
      run.app.output.say(`kept: limactl shell ${vm.name}`);
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

async function startVm(run: AcceptanceRun, lima: Lima, template: string): Promise<RunningVm> {
  const { app, options, recorder, stopwatch, facts } = run;
  const step = app.output.step(`start ${options.name}`);
  const narrate = narrateVm(step);
  let startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  let vm: RunningVm | undefined;
  try {
    vm = await lima.launch({
      name: options.name,
      template,
      startTimeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000,
      signal: app.signal,
      onEvent: (event) => {
        // The clock of the requirements starts with `limactl start`, after the instance was created.
        if (event.type === "starting") {
          stopwatch.timeline.push({ step: "create", seconds: seconds() });
          startedAt = performance.now();
        }
        narrate(event);
      },
    });
    await vm.exec(["true"], { signal: app.signal });
    const bootSeconds = seconds();
    stopwatch.timeline.push({ step: "start", seconds: bootSeconds });
    recorder.action(
      "vm.start",
      { verdict: "pass", evidence: `${options.name} is ${vm.readiness.state}` },
      bootSeconds,
    );
    recorder.action("vm.boot-time", judgeBootTime(bootSeconds, facts.accelerator!), bootSeconds);
    step.done("ready");
    return vm;
  } catch (error) {
    await vm?.delete().catch(() => undefined);
    step.failed();
    recorder.action("vm.start", { verdict: "error", evidence: (error as Error).message }, seconds());
    throw error;
  }
}

async function endVm({ app, recorder, stopwatch }: AcceptanceRun, vm: RunningVm): Promise<void> {
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

async function keepLogs({ artifacts, app }: AcceptanceRun, vm: RunningVm): Promise<void> {
  for (const file of await vm.diagnose(await artifacts())) app.output.say(`log: ${file}`);
}
