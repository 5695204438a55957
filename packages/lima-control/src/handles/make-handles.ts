import { assess } from "../assess.ts";
import { saveBaseline } from "../baseline.ts";
import { clone } from "../clone.ts";
import { deleteInstance } from "../delete.ts";
import { detach } from "../detach.ts";
import { diagnose } from "../diagnose.ts";
import { copyIn } from "../copy-in.ts";
import { copyOut } from "../copy-out.ts";
import { edit } from "../edit.ts";
import { exec, tryExec } from "../exec.ts";
import { requireInstance } from "../find.ts";
import type { LimaContext } from "../lima-context.ts";
import { forward } from "../forward.ts";
import { logs } from "../logs.ts";
import { protect, unprotect } from "../protect.ts";
import { readFile } from "../read-file.ts";
import { rename } from "../rename.ts";
import { reset } from "../reset.ts";
import { restart } from "../restart.ts";
import { script } from "../script.ts";
import { shell } from "../shell.ts";
import { spawn } from "../spawn.ts";
import { sshConfig } from "../ssh-config.ts";
import { start } from "../start.ts";
import { logFiles } from "../starting/log-files.ts";
import { stop } from "../stop.ts";
import { suspend } from "../suspend.ts";
import { waitFor } from "../wait-for.ts";
import { writeFile } from "../write-file.ts";
import type { Readiness, RunningVm } from "./running-vm.ts";
import type { StoppedVm } from "./stopped-vm.ts";
import type { Tenure } from "./tenure.ts";
import type { VmHandle } from "./vm-handle.ts";

export function makeStoppedVm(context: LimaContext, tenure: Tenure): StoppedVm {
  return withCommon<StoppedVm>(context, tenure, {
    state: "stopped",
    start: (options = {}) =>
      start(context, tenure.name, options, (readiness) => makeRunningVm(context, tenure, readiness)),
    async clone(name, options) {
      const made = await clone(context, tenure.name, name, options);
      return makeStoppedVm(context, { ...made, owned: true, keep: "never", failed: false });
    },
    async rename(name, options) {
      const { dir } = await rename(context, tenure.name, name, options);
      Object.assign(tenure, { name, dir });
    },
    edit: (changes, options) => edit(context, tenure.name, changes, options),
    delete: (options) => remove(context, tenure, options),
  });
}

export function makeRunningVm(context: LimaContext, tenure: Tenure, readiness: Readiness): RunningVm {
  const vm: RunningVm = withCommon<RunningVm>(context, tenure, {
    state: "running",
    readiness,
    assess: ({ signal } = {}) => assess(context, tenure.name, signal),
    exec: (argv, options) => exec(context, tenure.name, argv, options),
    tryExec: (argv, options) => tryExec(context, tenure.name, argv, options),
    spawn: (argv, options) => spawn(context, tenure.name, argv, options),
    script: (text, options) => script(context, tenure.name, text, options),
    readFile: (path, options) => readFile(context, tenure.name, path, options),
    writeFile: (path, content, options) => writeFile(context, tenure.name, path, content, options),
    copyIn: (hostPath, guestPath, options) => copyIn(context, tenure.name, hostPath, guestPath, options),
    copyOut: (guestPath, hostPath, options) => copyOut(context, tenure.name, guestPath, hostPath, options),
    forward: (guestPort, options) => forward(context, tenure.name, guestPort, options),
    sshConfig: (options) => sshConfig(context, tenure.name, options),
    shell: (options) => shell(context, tenure.name, options),
    waitFor: (probe, options) => waitFor(context, vm, probe, options),
    async stop(options) {
      await stop(context, tenure.name, options);
      return makeStoppedVm(context, tenure);
    },
    async suspend(options) {
      await suspend(context, tenure.name, options);
      return makeStoppedVm(context, tenure);
    },
    restart: (options = {}) =>
      restart(context, tenure.name, options, (again) => makeRunningVm(context, tenure, again)),
    saveBaseline: (options) => saveBaseline(context, tenure.name, options),
    reset: (options = {}) =>
      reset(context, tenure, options, (again) => makeRunningVm(context, tenure, again)),
    delete: (options) => remove(context, tenure, options),
    markFailed() {
      tenure.failed = true;
    },
  });
  return vm;
}

async function remove(context: LimaContext, tenure: Tenure, options = {}): Promise<void> {
  await deleteInstance(context, tenure, options);
  disown(tenure);
}

async function letGo(context: LimaContext, tenure: Tenure): Promise<void> {
  await detach(context, tenure);
  disown(tenure);
}

function disown(tenure: Tenure): void {
  tenure.owned = false;
  tenure.mark = undefined;
}

function withCommon<Vm extends VmHandle>(
  context: LimaContext,
  tenure: Tenure,
  own: Omit<Vm, keyof VmHandle>,
): Vm {
  const common: VmHandle = {
    get name() {
      return tenure.name;
    },
    get dir() {
      return tenure.dir;
    },
    get owned() {
      return tenure.owned;
    },
    inspect: ({ signal } = {}) => requireInstance(context, tenure.name, signal),
    protect: (options) => protect(context, tenure.name, options),
    unprotect: (options) => unprotect(context, tenure.name, options),
    logFiles: () => logFiles(tenure.dir),
    diagnose: (into) => diagnose(context, tenure, into),
    logs: (options) => logs(tenure.dir, options),
    detach: () => letGo(context, tenure),
    async [Symbol.asyncDispose]() {
      if (!tenure.owned) return;
      const kept = tenure.keep === "always" || (tenure.keep === "on-failure" && tenure.failed);
      if (kept) await letGo(context, tenure);
      else await remove(context, tenure);
    },
  };
  // Not a spread, which would read the getters once and for all.
  return Object.defineProperties(own, Object.getOwnPropertyDescriptors(common)) as Vm;
}
