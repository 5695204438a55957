import { deleteInstance } from "../delete.ts";
import { detach } from "../detach.ts";
import { diagnose } from "../diagnose.ts";
import { exec, tryExec } from "../exec.ts";
import { requireInstance } from "../find.ts";
import type { LimaContext } from "../lima-context.ts";
import { script } from "../script.ts";
import { shell } from "../shell.ts";
import { start } from "../start.ts";
import { logFiles } from "../starting/log-files.ts";
import { stop } from "../stop.ts";
import { waitFor } from "../wait-for.ts";
import type { Readiness, RunningVm } from "./running-vm.ts";
import type { StoppedVm } from "./stopped-vm.ts";

/** When an owned VM is deleted at the end of `await using`. */
export type Keep = "never" | "on-failure" | "always";

/** What the handles of one instance share, as it changes: a VM that is detached is so for all of them. */
export interface Tenure {
  name: string;
  dir: string;
  owned: boolean;
  keep: Keep;
  failed: boolean;
}

export function makeStoppedVm(context: LimaContext, tenure: Tenure): StoppedVm {
  const { name } = tenure;
  return {
    ...common(context, tenure),
    get owned() {
      return tenure.owned;
    },
    state: "stopped",
    start: (options = {}) =>
      start(context, name, options, (readiness) => makeRunningVm(context, tenure, readiness)),
    delete: (options) => remove(context, tenure, options),
  };
}

export function makeRunningVm(context: LimaContext, tenure: Tenure, readiness: Readiness): RunningVm {
  const { name } = tenure;
  const vm: RunningVm = {
    ...common(context, tenure),
    get owned() {
      return tenure.owned;
    },
    state: "running",
    readiness,
    exec: (argv, options) => exec(context, name, argv, options),
    tryExec: (argv, options) => tryExec(context, name, argv, options),
    script: (text, options) => script(context, name, text, options),
    shell: (options) => shell(context, name, options),
    waitFor: (probe, options) => waitFor(context, vm, probe, options),
    async stop(options) {
      await stop(context, name, options);
      return makeStoppedVm(context, tenure);
    },
    delete: (options) => remove(context, tenure, options),
    async detach() {
      // The lease of an instance that is only borrowed is that of its owner.
      if (tenure.owned) await detach(context, name);
      tenure.owned = false;
    },
    markFailed() {
      tenure.failed = true;
    },
    diagnose: (into) => diagnose(context, vm, into),
    async [Symbol.asyncDispose]() {
      if (!tenure.owned) return;
      const kept = tenure.keep === "always" || (tenure.keep === "on-failure" && tenure.failed);
      if (kept) await vm.detach();
      else await remove(context, tenure);
    },
  };
  return vm;
}

async function remove(context: LimaContext, tenure: Tenure, options = {}): Promise<void> {
  await deleteInstance(context, tenure.name, options);
  tenure.owned = false;
}

function common(context: LimaContext, { name, dir }: Tenure) {
  return {
    name,
    dir,
    inspect: (options: { signal?: AbortSignal | undefined } = {}) =>
      requireInstance(context, name, options.signal),
    logFiles: () => logFiles(dir),
  };
}
