import { imagesDirectory } from "@sysinit/image-store";
import {
  createLima,
  detectAccelerator,
  LimaControlError,
  type Lima,
  type RunningVm,
} from "@sysinit/lima-control";
import { answersBinaryCache, detectNix } from "@sysinit/nix-runner";
import {
  checks,
  judgeBootTime,
  runChecks,
  type CheckContext,
  type Report,
  type Row,
  type Stage,
} from "@sysinit-internal/acceptance";
import {
  chooseImageSource,
  hostMounts,
  obtainImage,
  readMachineTemplate,
  requireHost,
  withStoredImage,
  type ImageSource,
} from "@sysinit-internal/machine";
import {
  formatSeconds,
  narrateBuild,
  narrateStore,
  narrateVm,
  type AppContext,
  type Step,
} from "@sysinit-internal/terminal";

import type { RunArguments } from "../program.ts";
import { judgeGone, tracesOf } from "./judge-gone.ts";
import type { Recorder } from "./recorder.ts";
import type { Stopwatch } from "./stopwatch.ts";

export interface AcceptanceOptions {
  app: AppContext;
  options: RunArguments;
  /** Where the flake is. */
  directory: string;
  /** Makes the directory for logs when the first one is to be kept. */
  artifacts: () => Promise<string>;
  wanted: (row: Pick<Row, "id">) => boolean;
  recorder: Recorder;
  stopwatch: Stopwatch;
  facts: Report["facts"];
}

/** The run itself: tools, image, checkout, VM, gone. Throws what makes going on pointless. */
export async function acceptance(run: AcceptanceOptions): Promise<void> {
  const template = await readMachineTemplate(run.options.template);
  const lima = await findTools(run);
  const { image, source } = await imageOf(run);
  const { env } = process;
  const mounts = hostMounts(template, env);
  const context: CheckContext = {
    signal: run.app.signal,
    env,
    image: { ...image, isNixos: source.isNixos, why: source.why },
    ...(run.options.project !== undefined && { project: { directory: run.directory } }),
    ...(mounts && { host: { ...mounts, user: env["USER"] ?? "", home: env["HOME"] ?? "" } }),
  };
  await check(run, "image", context);
  await check(run, "project", context);
  await inVm(run, lima, withStoredImage(template, image).render(), context);
}

async function findTools({ app, options, facts }: AcceptanceOptions): Promise<Lima> {
  const { signal, output } = app;
  const { env } = process;
  await requireHost({ env, signal });
  const accelerator = await detectAccelerator({ env });
  const lima = createLima({ env, accelerator });
  const [nix, limactl] = await Promise.all([detectNix({ env, signal }), lima.info({ signal })]);
  facts.versions = { nix: nix.version, lima: limactl.version, node: process.versions.node };
  const { kind, hardware, reason } = accelerator;
  facts.accelerator = { kind, hardware, reason };
  output.say(
    `nix ${nix.version}, lima ${limactl.version}, node ${process.versions.node}; ${kind}: ${reason}`,
  );
  // A run that was killed could not clean up after itself.
  for (const name of await lima.sweep({ signal })) output.say(`swept ${name}, left by a run that was killed`);
  const existing = await lima.find(options.name, { signal });
  if (existing !== undefined) {
    throw new LimaControlError({
      code: "INSTANCE_EXISTS",
      message: `instance ${options.name} exists already (${existing.status}) and no acceptance run made it`,
      hint: `choose another --name, or delete it: limactl delete --force ${options.name}`,
      details: { name: options.name, dir: existing.dir },
    });
  }
  return lima;
}

async function imageOf(run: AcceptanceOptions) {
  const { app, options, recorder, stopwatch, facts } = run;
  const { output, signal } = app;
  const { env } = process;
  const source = await chooseImageSource({
    directory: run.directory,
    installable: options.installable,
    guest: options.guest,
    answersBinaryCache: () => answersBinaryCache({ env, signal }),
  });
  output.say(`image: ${source.installable} (${source.why})`);

  let step = output.step("build");
  let builtAt = 0;
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const { image, outcome } = await obtainImage({
      installable: source.installable,
      directory: run.directory,
      imageName: options.image,
      imagesDirectory: imagesDirectory({ env }),
      env,
      signal,
      onBuild: (event) => narrateBuild(step)(event),
      onBuilt: (built) => {
        builtAt = seconds();
        stopwatch.timeline.push({ step: "build", seconds: builtAt });
        recorder.action("image.build", judgeBuild(source, built.outcome, builtAt), builtAt);
        step.done(built.outcome);
        step = output.step("install");
      },
      onStore: (event) => narrateStore(step)(event),
    });
    const installSeconds = seconds() - builtAt;
    stopwatch.timeline.push({ step: "install", seconds: installSeconds });
    const evidence = `build and install of ${options.image}: ${outcome}, generation ${image.generation}`;
    recorder.action("image.install", { verdict: "pass", evidence }, seconds());
    step.done(`${outcome}, generation ${image.generation}`);
    const { name, generation, sha256, file } = image;
    facts.image = { name, generation, sha256, file, installable: source.installable, why: source.why };
    return { image, source };
  } catch (error) {
    step.failed();
    recorder.action(
      builtAt === 0 ? "image.build" : "image.install",
      { verdict: "error", evidence: (error as Error).message },
      seconds(),
    );
    throw error;
  }
}

function judgeBuild(source: ImageSource, outcome: string, seconds: number) {
  const evidence = `nix build ${source.installable}: ${outcome} in ${formatSeconds(seconds)}`;
  if (source.isNixos) return { verdict: "pass" as const, evidence };
  return { verdict: "skip" as const, evidence: `${evidence}; ${source.why}` };
}

async function check(run: AcceptanceOptions, stage: Stage, context: CheckContext): Promise<void> {
  const chosen = checks.filter((candidate) => candidate.stage === stage && run.wanted(candidate));
  if (chosen.length === 0) return;
  const step = run.app.output.step(`${stage} checks`);
  await run.stopwatch.measure(`${stage} checks`, async () => {
    const results = await runChecks({ checks: chosen, context, onStart: ({ title }) => step.update(title) });
    run.recorder.add(results);
    end(
      step,
      results.filter(({ verdict }) => verdict === "fail" || verdict === "error").length,
      results.length,
    );
  });
}

function end(step: Step, bad: number, all: number): void {
  if (bad === 0) step.done(`${all} checks`);
  else step.failed(`${bad} of ${all} checks`);
}

async function inVm(
  run: AcceptanceOptions,
  lima: Lima,
  template: string,
  context: CheckContext,
): Promise<void> {
  const vm = await startVm(run, lima, template);
  let gone = false;
  try {
    await check(run, "guest", { ...context, guest: { exec: (argv, options) => vm.tryExec(argv, options) } });
    if (run.recorder.failed) await keepLogs(run, (into) => vm.diagnose(into));
    if (run.options.keep === "always" || (run.options.keep === "on-failure" && run.recorder.failed)) {
      gone = true;
      await vm.detach();
      run.app.output.say(`kept: limactl shell ${vm.name}`);
      return;
    }
    await endVm(run, vm);
    gone = true;
  } finally {
    // Aborted or failed on the way: the VM goes, and what was wrong before is what is reported.
    if (!gone)
      await vm.delete().catch((error: Error) => run.app.output.say(`could not delete: ${error.message}`));
  }
}

async function startVm(run: AcceptanceOptions, lima: Lima, template: string): Promise<RunningVm> {
  const { app, options, recorder, stopwatch, facts } = run;
  const step = app.output.step(`start ${options.name}`);
  const narrate = narrateVm(step);
  let startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const vm = await lima.launch({
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
    step.failed();
    recorder.action("vm.start", { verdict: "error", evidence: (error as Error).message }, seconds());
    throw error;
  }
}

async function endVm({ app, recorder, stopwatch }: AcceptanceOptions, vm: RunningVm): Promise<void> {
  const { signal, output } = app;
  const traces = await tracesOf(await vm.inspect({ signal }));
  const stopStep = output.step(`stop ${vm.name}`);
  const stopped = await stopwatch.measure("stop", () => vm.stop({ signal, onEvent: narrateVm(stopStep) }));
  const { status } = await stopped.inspect({ signal });
  recorder.action(
    "vm.stop",
    { verdict: status === "Stopped" ? "pass" : "fail", evidence: `status ${status}` },
    stopwatch.secondsOf("stop"),
  );
  stopStep.done();
  const deleteStep = output.step(`delete ${vm.name}`);
  await stopwatch.measure("delete", () => stopped.delete({ signal }));
  recorder.action("vm.delete", await judgeGone(traces), stopwatch.secondsOf("delete"));
  deleteStep.done();
}

async function keepLogs(
  run: AcceptanceOptions,
  diagnose: (into: string) => Promise<readonly string[]>,
): Promise<void> {
  const into = await run.artifacts();
  for (const file of await diagnose(into)) run.app.output.say(`log: ${file}`);
}
