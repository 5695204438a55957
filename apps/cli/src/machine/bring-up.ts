import { imagesDirectory } from "@sysinit/image-store";
import type { InstanceRecord, Lima } from "@sysinit/lima-control";
import {
  asWantedMarks,
  readMachineRecord,
  wantedNow,
  writeMachineRecord,
  type MachinePlan,
  type MadeOf,
} from "@sysinit-internal/machine";
import { during } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaForStart } from "../lima.ts";
import { narrateStart } from "../narrate-start.ts";
import type { Target } from "../target.ts";
import { applyChanges } from "./apply-changes.ts";
import { changesSince } from "./changes-since.ts";
import { obtainMachineImage } from "./obtain-image.ts";
import { machineOwner } from "./owner.ts";
import { planOf } from "./plan.ts";
import { sayChanges } from "./say-changes.ts";
import { sayReady, type Action } from "./say-ready.ts";
import type { UpFlags } from "./up-flags.ts";

/** The whole of `up`: makes or starts the VM of a target, says what has changed since it was made, and remembers it. */
export async function bringUp(
  context: CommandContext,
  target: Target,
  flags: UpFlags,
  settingsDigest: string,
): Promise<void> {
  const { output, signal, env } = context;
  const plan = await planOf(context, target, flags);
  if (flags.dryRun) {
    await (await import("./dry-run.ts")).dryRun(context, plan, flags);
    return;
  }
  const lima = await limaForStart(context);
  // A run that was killed could not clean up after itself.
  for (const left of await lima.sweep({ signal })) output.say(`swept ${left}, left by a run that was killed`);

  const directory = imagesDirectory(context);
  let found = await lima.find(plan.name, { signal });
  const record = found && (await readMachineRecord(found.name, found.dir));
  let changes = await changesSince(plan, record?.madeOf, directory);
  let applied: Action | undefined;
  if (flags.recreate && found !== undefined) {
    applied = await applyChanges(context, lima, plan, record, changes);
    if (applied === "recreated") found = undefined;
    if (applied !== undefined) changes = [];
  }
  sayChanges(output, changes);

  const made = await start(context, lima, plan, flags, found);
  const action = applied ?? made.action;
  const now = await wantedNow({
    ...plan,
    installable: (made.image ?? record?.madeOf.image)?.installable,
    imagesDirectory: directory,
  });
  const { dir } = made.instance;
  const expiresAt = plan.ttlMs === undefined ? undefined : new Date(Date.now() + plan.ttlMs).toISOString();
  if (made.image !== undefined || record !== undefined) {
    // What needs nothing is taken in by this start, or by the next.
    const isAsWanted = changes.every(({ needs }) => needs === "nothing");
    const marks = isAsWanted
      ? await asWantedMarks({ plan, now, dir, settingsDigest, env, imagesDirectory: directory })
      : undefined;
    const madeOf: MadeOf = {
      ...(isAsWanted || record === undefined ? now.madeOf : record.madeOf),
      image: made.image === undefined ? record!.madeOf.image : { ...now.madeOf.image, ...made.image },
    };
    await writeMachineRecord(dir, {
      schema: 1,
      name: plan.name,
      createdAt: made.image === undefined ? record!.createdAt : new Date().toISOString(),
      ...(expiresAt !== undefined && { expiresAt }),
      owner: machineOwner(),
      ...(plan.project ? { project: plan.project.root } : { given: plan.given }),
      madeOf,
      ...(marks && { asWanted: marks }),
    });
  }
  sayReady(context, target, action, expiresAt, {
    instance: made.instance,
    changes: changes.map(({ what, needs, text }) => ({ what, needs, text })),
  });
}

interface Started {
  instance: InstanceRecord;
  action: Action;
  /** What the VM was made of, when it was made now. */
  image: Omit<MadeOf["image"], "reference"> | undefined;
}

async function start(
  context: CommandContext,
  lima: Lima,
  plan: MachinePlan,
  flags: UpFlags,
  found: InstanceRecord | undefined,
): Promise<Started> {
  const { output, signal } = context;
  const { name } = plan;
  const obtained = found === undefined ? await obtainMachineImage(context, plan, flags) : undefined;
  const step = output.step(found?.status === "Running" ? `look at ${name}` : `start ${name}`);
  const narrate = narrateStart(step, lima, name);
  let started = false;
  let created = false;
  const launch = async () => {
    // One that is there already is reused, also when another `up` has made it in the meantime.
    const vm = await lima.launch({
      name,
      template: (obtained?.template ?? plan.template).render(),
      startTimeoutMs: plan.startTimeoutMs,
      probes: plan.probes,
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
  const vm = await during(step, launch, () => "ready");
  const action: Action = created ? "created" : started ? "started" : "already-running";
  return { instance: await vm.inspect({ signal }), action, image: created ? obtained?.image : undefined };
}
