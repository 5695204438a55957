import type { Accelerator } from "./accelerator/accelerator.ts";
import { attach } from "./attach.ts";
import { limaHome } from "./check-host.ts";
import { create } from "./create.ts";
import { detectAccelerator } from "./detect-accelerator.ts";
import type { VmEventListener } from "./events/vm-event.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { find } from "./find.ts";
import { makeStoppedVm } from "./handles/make-handles.ts";
import { info } from "./info.ts";
import { launch } from "./launch.ts";
import type { LimaContext } from "./lima-context.ts";
import type { Lima } from "./lima.ts";
import { list } from "./list.ts";
import { sweep } from "./sweep.ts";
import { watch } from "./watch.ts";

export interface LimaOptions {
  /** Name or path; "limactl" by default. */
  limactl?: string | undefined;
  /** LIMA_HOME; by default that of `env`, else `~/.lima`. */
  home?: string | undefined;
  /** The environment of limactl and of what it starts; by default that of this process. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** By default it is detected at the first start. */
  accelerator?: Accelerator | undefined;
  /** Says in the leases, for people, who owns the VMs. */
  owner?: string | undefined;
  /** Hears the events of all verbs. */
  onEvent?: VmEventListener | undefined;
}

/**
 * Makes what manages the VMs of one LIMA_HOME. Cheap: starts no process and reads no file.
 *
 * @throws LimaControlError HOME_UNSET
 */
export function createLima(options: LimaOptions = {}): Lima {
  const env = options.env ?? process.env;
  const home = limaHome(options.home, env);
  if (home === undefined || (env["HOME"] ?? "") === "") {
    throw new LimaControlError({
      code: "HOME_UNSET",
      message: "HOME is not set, and limactl cannot run without it, even with LIMA_HOME",
      hint: "Set HOME to your home directory.",
    });
  }
  const detected = new Map<string, Promise<Accelerator>>();
  const context: LimaContext = {
    limactl: options.limactl ?? "limactl",
    home,
    env,
    owner: options.owner,
    onEvent: options.onEvent,
    accelerator(arch) {
      if (options.accelerator !== undefined) return Promise.resolve(options.accelerator);
      const known = detected.get(arch) ?? detectAccelerator({ arch, env });
      detected.set(arch, known);
      return known;
    },
  };
  return {
    home,
    info: ({ signal } = {}) => info(context, signal),
    list: ({ signal } = {}) => list(context, signal),
    find: (name, { signal } = {}) => find(context, name, signal),
    watch: (watchOptions) => watch(context, watchOptions),
    async create(createOptions) {
      const made = await create(context, createOptions);
      return makeStoppedVm(context, { ...made, owned: true, keep: "never", failed: false });
    },
    attach: (name, { signal } = {}) => attach(context, name, signal),
    launch: (launchOptions) => launch(context, launchOptions),
    sweep: (sweepOptions) => sweep(context, sweepOptions),
  };
}
