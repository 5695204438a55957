import { randomBytes } from "node:crypto";
import { posix } from "node:path";

import { checkInstanceName, type RunningVm } from "@sysinit/lima-control";
import { planMachine } from "@sysinit-internal/machine";
import { findProject } from "@sysinit-internal/project";
import { createOutput, during } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { defaultImageName } from "../defaults.ts";
import { asGuestStatus } from "../guest-command.ts";
import { imageWithDigest } from "../image-with-digest.ts";
import { limaForStart, limaOf } from "../lima.ts";
import { attend } from "../run/attend.ts";
import { copyIn, copyOut } from "../run/copies.ts";
import { makeVm } from "../run/make-vm.ts";
import { onlyMount } from "../run/mounts.ts";
import type { RunFlags } from "../run/run-flags.ts";
import { timeLimit } from "../time-limit.ts";

/** A command in a VM of its own, which is gone afterwards. Ends with the status of the command, 125 when it was not the command. */
export async function run(app: CommandContext, argv: readonly string[], flags: RunFlags): Promise<number> {
  const context = { ...app, output: outputOf(app, flags) };
  const { env, directory, signal, output } = context;
  // Usage is judged before anything is started, and has its own status.
  const name = `run-${randomBytes(3).toString("hex")}`;
  checkInstanceName(name, limaOf(context).home);
  const mounts = flags.mount.map((text) => onlyMount(text, directory));
  const copiesIn = flags.copyIn.map((text) => copyIn(text, directory));
  const copiesOut = flags.copyOut.map((text) => copyOut(text, directory));
  const { timeoutMs } = timeLimit(flags.timeout);
  const { template, cpus, memory, disk, startTimeout } = flags;
  const image = imageWithDigest(flags);
  const plan = await planMachine({
    name,
    project: findProject(directory),
    flags: { image, template, cpus, memory, disk, startTimeout },
    env,
    directory,
    onlyMounts: mounts,
    // One name for all runs: each new image is a generation of it, and pruning keeps the newest only.
    flakeImageName: "run",
    defaultImageName,
  });
  if (flags.dryRun) return (await import("../machine/dry-run.ts")).dryRun(context, plan, flags, argv);
  const lima = await limaForStart(context, "lima-cli run");

  return asGuestStatus(context, async () => {
    const vm = await makeVm(context, lima, plan, mounts, flags);
    let failed = true;
    try {
      const home = await vm.exec(["/bin/sh", "-c", 'printf %s "$HOME"'], { signal });
      const cwd = posix.resolve("/", home.stdout, flags.cwd ?? ".");
      for (const { host, guest } of copiesIn) {
        const step = output.step(`copy ${host} in`);
        await during(step, () => vm.copyIn(host, posix.resolve(cwd, guest), { signal }));
      }
      const status = await attend(context, vm, argv, { cwd, timeoutMs });
      failed = status !== 0;
      for (const { host, guest } of copiesOut) {
        const copy = () => vm.copyOut(posix.resolve(cwd, guest), host, { signal });
        // Of a command that failed the status says more than what it did not write.
        await copy().catch((error: unknown) => {
          if (!failed) throw ((failed = true), error);
          output.stderr.write(`${guest} was not copied out: ${(error as Error).message}\n`);
        });
      }
      return status;
    } finally {
      await end(context, vm, failed, flags);
    }
  });
}

/** Gone, whatever happened, unless it is to be kept; then it says how to get in. */
async function end(
  context: CommandContext,
  vm: RunningVm,
  failed: boolean,
  { keep }: RunFlags,
): Promise<void> {
  const interrupted = context.signal.aborted;
  if (keep === "never" || (keep === "on-failure" && (!failed || interrupted))) return vm.delete();
  await vm.detach();
  context.output.stderr.write(
    `${vm.name} is kept: lima-cli shell ${vm.name}; when done: lima-cli delete ${vm.name}\n`,
  );
}

/** As if the command were one of this machine: without a terminal nothing is said beside what it says. */
function outputOf({ output, env }: CommandContext, { verbose, logFormat }: RunFlags) {
  return output.live || verbose ? output : createOutput({ json: output.json, quiet: true, logFormat, env });
}
