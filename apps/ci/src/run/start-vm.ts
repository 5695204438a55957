import type { Lima, RunningVm } from "@sysinit/lima-control";
import { judgeBootTime, readBootTimeline } from "@sysinit-internal/acceptance";
import { narrateVm } from "@sysinit-internal/terminal";

import type { AcceptanceRun } from "./acceptance-run.ts";
import { keepVm } from "./keep-vm.ts";
import { machineBegun } from "./machine-begun.ts";

/** Starts the VM, judges that and the time until the first command in it, and notes how it came up. */
export async function startVm(run: AcceptanceRun, lima: Lima, template: string): Promise<RunningVm> {
  const { app, options, recorder, stopwatch, facts, instance, measurements } = run;
  const step = app.output.step(`start ${instance}`);
  const narrate = narrateVm(step);
  let startedAt = performance.now();
  let startedAtMs = Date.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  let vm: RunningVm | undefined;
  try {
    vm = await lima.launch({
      name: instance,
      template,
      keep: options.keep,
      startTimeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000,
      signal: app.signal,
      onEvent: (event) => {
        // The clock of the requirements starts with `limactl start`, after the instance was created.
        if (event.type === "starting") {
          stopwatch.timeline.push({ step: "create", seconds: seconds() });
          startedAt = performance.now();
          startedAtMs = Date.now();
        }
        narrate(event);
      },
    });
    await vm.exec(["true"], { signal: app.signal });
    const bootSeconds = seconds();
    stopwatch.timeline.push({ step: "start", seconds: bootSeconds });
    measurements.bootSeconds.push(bootSeconds);
    const evidence = `${instance} is ${vm.readiness.state}`;
    recorder.action("vm.start", { verdict: "pass", evidence }, bootSeconds);
    const limit = run.plan.suite?.bootLimit(facts.accelerator!);
    recorder.action("vm.boot-time", judgeBootTime(bootSeconds, facts.accelerator!, limit), bootSeconds);
    step.done("ready");
    const guest = { exec: vm.tryExec };
    run.boot ??= await readBootTimeline({
      guest,
      signal: app.signal,
      firstShellSeconds: bootSeconds,
      secondsSinceStart: seconds,
      machineBegun: await machineBegun(vm.dir, startedAtMs),
    });
    return vm;
  } catch (error) {
    step.failed();
    recorder.action("vm.start", { verdict: "error", evidence: (error as Error).message }, seconds());
    await afterFailedStart(run, lima, vm);
    throw error;
  }
}

/** A VM whose start failed goes, or stays to be looked at: with `keep`, lima-control has left it. */
async function afterFailedStart(run: AcceptanceRun, lima: Lima, vm: RunningVm | undefined): Promise<void> {
  const { app, options, instance } = run;
  if (options.keep === "never" || app.signal.aborted) return await vm?.delete().catch(() => undefined);
  await vm?.detach();
  const left = await lima.find(instance).catch(() => undefined);
  if (left !== undefined) keepVm(run, lima.home);
}
