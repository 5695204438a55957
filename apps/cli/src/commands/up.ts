import { resolve } from "node:path";

import { imagesDirectory, showImage, type StoredImage } from "@sysinit/image-store";
import { checkInstanceName, type InstanceRecord, type Lima } from "@sysinit/lima-control";
import { readMachineTemplate, withStoredImage } from "@sysinit-internal/machine";
import { narrateVm } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaForStart, limaOf } from "../lima.ts";
import { imageSource } from "../image-source.ts";
import { buildAndInstall } from "../install-image.ts";
import type { UpArguments } from "../program.ts";
import { timeLimit } from "../time-limit.ts";

/** What `up` did on this call. */
type Action = "created" | "started" | "already-running";

export async function up(context: CommandContext, name: string, options: UpArguments): Promise<void> {
  checkInstanceName(name, limaOf(context).home);
  const found = await limaOf(context).find(name, { signal: context.signal });
  if (found?.status === "Running") return say(context, found, "already-running");

  // Everything that can be refused is read before anything is built.
  const template = await readMachineTemplate(
    options.template && resolve(context.directory, options.template),
  );
  const lima = await limaForStart(context);
  // A run that was killed could not clean up after itself.
  for (const left of await lima.sweep({ signal: context.signal })) {
    context.output.say(`swept ${left}, left by a run that was killed`);
  }
  if (found !== undefined) {
    await startExisting(context, lima, name, options.timeout);
    return say(context, await lima.find(name), "started");
  }

  const image = await chosenImage(context, options);
  const prepared = withStoredImage(template, image);
  const step = context.output.step(`start ${name}`);
  try {
    const vm = await lima.launch({
      name,
      template: prepared.render(),
      startTimeoutMs: timeLimit(options.timeout).timeoutMs,
      ifExists: "reuse",
      signal: context.signal,
      onEvent: narrateVm(step),
    });
    // From here on it is the user's, and stays when we leave.
    await vm.detach();
    step.done("ready");
  } catch (error) {
    step.failed();
    throw error;
  }
  return say(context, await lima.find(name), "created");
}

async function chosenImage(context: CommandContext, options: UpArguments): Promise<StoredImage> {
  if (!options.build) return showImage({ directory: imagesDirectory(context), name: options.image });
  const source = await imageSource(context, options.installable, options.guest);
  return (await buildAndInstall(context, source.installable, options.image)).image;
}

async function startExisting(
  context: CommandContext,
  lima: Lima,
  name: string,
  seconds: number | undefined,
): Promise<void> {
  const vm = await lima.attach(name, { signal: context.signal });
  if (vm.state === "running") return;
  const step = context.output.step(`start ${name}`);
  try {
    await vm.start({ ...timeLimit(seconds), signal: context.signal, onEvent: narrateVm(step) });
    step.done("ready");
  } catch (error) {
    step.failed();
    throw error;
  }
}

function say(context: CommandContext, instance: InstanceRecord | undefined, action: Action): void {
  const name = instance?.name ?? "";
  const state = action === "already-running" ? "is running already" : "is ready";
  context.output.data(
    { action, instance },
    `${name} ${state}\n  a shell:    lima-cli shell ${name}\n  a command:  lima-cli exec ${name} -- uname -a\n  gone again: lima-cli delete ${name}`,
  );
}
