import { readFile } from "node:fs/promises";

import { userConfigFile } from "@sysinit-internal/project";

import type { WantedNow } from "../drift/wanted-now.ts";
import { templateFileOf, type MachinePlan } from "../plan-machine.ts";
import type { MachineRecord } from "../record/machine-record.ts";
import { fileMark, processMarks } from "./run-marks.ts";

/**
 * What `quickLook` compares later, of a VM that is ready and as wanted; undefined when something that decides what is wanted
 * cannot be seen by such marks: a template that takes in other files, too many files, a process that is gone again.
 */
export async function asWantedMarks(options: {
  plan: MachinePlan;
  now: WantedNow;
  dir: string;
  settingsDigest: string;
  env: Readonly<Record<string, string | undefined>>;
  imagesDirectory: string;
}): Promise<MachineRecord["asWanted"]> {
  const { plan, now, dir, settingsDigest, env } = options;
  const processes = processMarks(dir);
  const template = templateFileOf(plan);
  if (processes === undefined || !now.isSeen) return undefined;
  if (template !== undefined && /^\s*(?:-\s+)?(?:base|file):/m.test(await readFile(template, "utf8")))
    return undefined;
  const files = [
    plan.project?.file,
    userConfigFile(env),
    template,
    ...(plan.image.kind === "store" ? [options.imagesDirectory] : []),
    ...now.folders,
    ...Object.keys(now.madeOf.flakeFiles),
  ];
  return { files: files.filter((path) => path !== undefined).map(fileMark), settingsDigest, processes };
}
