import { resolve } from "node:path";

import { imagesDirectory, showImage, type StoredImage } from "@sysinit/image-store";
import { checkInstanceName, type InstanceRecord } from "@sysinit/lima-control";
import { readMachineTemplate, withStoredImage } from "@sysinit-internal/machine";
import { during, narrateVm } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { imageSource } from "../image-source.ts";
import { buildAndInstall } from "../install-image.ts";
import { limaForStart, limaOf } from "../lima.ts";
import type { UpArguments } from "../program.ts";
import { timeLimit } from "../time-limit.ts";

/** What `up` did on this call. */
type Action = "created" | "started" | "already-running";

export async function up(context: CommandContext, name: string, options: UpArguments): Promise<void> {
  const { output, signal } = context;
  // Everything that can be refused is looked at before anything is built.
  checkInstanceName(name, limaOf(context).home);
  let template = await readMachineTemplate(options.template && resolve(context.directory, options.template));
  const lima = await limaForStart(context);
  // A run that was killed could not clean up after itself.
  for (const left of await lima.sweep({ signal })) output.say(`swept ${left}, left by a run that was killed`);

  const found = await lima.find(name, { signal });
  if (found === undefined) template = withStoredImage(template, await chosenImage(context, options));

  const step = output.step(found?.status === "Running" ? `look at ${name}` : `start ${name}`);
  const narrate = narrateVm(step);
  let started = false;
  let created = false;
  const bringUp = async () => {
    // One that is there already is reused, also when another `up` has made it in the meantime.
    const vm = await lima.launch({
      name,
      template: template.render(),
      startTimeoutMs: timeLimit(options.timeout).timeoutMs,
      ifExists: "reuse",
      signal,
      onEvent: (event) => {
        started ||= event.type === "starting";
        narrate(event);
      },
    });
    created = vm.owned;
    // From here on it is the user's, and stays when we leave.
    await vm.detach();
    return vm;
  };
  const vm = await during(step, bringUp, () => "ready");
  const action: Action = created ? "created" : started ? "started" : "already-running";
  say(context, await vm.inspect({ signal }), action);
}

async function chosenImage(context: CommandContext, options: UpArguments): Promise<StoredImage> {
  if (!options.build) return showImage({ directory: imagesDirectory(context), name: options.image });
  const source = await imageSource(context, options.installable, options.guest);
  return (await buildAndInstall(context, source.installable, options.image)).image;
}

function say(context: CommandContext, instance: InstanceRecord, action: Action): void {
  const { name } = instance;
  const state = action === "already-running" ? "is running already" : "is ready";
  context.output.data(
    { action, instance },
    `${name} ${state}\n  a shell:    lima-cli shell ${name}\n  a command:  lima-cli exec ${name} -- uname -a\n  gone again: lima-cli delete ${name}`,
  );
}
