import { resolve } from "node:path";

import type { Probe } from "@sysinit/lima-control";
import type { Template } from "@sysinit/lima-template";
import {
  parseDuration,
  readSettings,
  type Project,
  type SettingFlags,
  type Settings,
} from "@sysinit-internal/project";

import { machineProbes } from "./machine-probes.ts";
import { machineTemplate, type OnlyMount } from "./machine-template.ts";
import { wantedImage, type WantedImage } from "./wanted-image.ts";

/** A VM that is wanted: all of it is checked, nothing of it is there yet. */
export interface MachinePlan {
  name: string;
  project: Project | undefined;
  settings: Settings;
  /** Without the image. */
  template: Template;
  image: WantedImage;
  /** What else its start waits for. */
  probes: Probe[];
  startTimeoutMs: number | undefined;
  ttlMs: number | undefined;
}

export interface PlanOptions {
  name: string;
  /** The project whose VM it is; the VM is none of a project without it. */
  project: Project | undefined;
  flags: SettingFlags;
  env: Readonly<Record<string, string | undefined>>;
  /** Where the command was started. */
  directory: string;
  /** In place of all other mounts; the project then only gives its settings. */
  onlyMounts?: readonly OnlyMount[];
  /** The name in the store of an image that nobody named. */
  defaultImageName: string;
  /** The name in the store of what a flake builds for a VM of no project; by default the VM's. */
  flakeImageName?: string;
}

/**
 * Reads the settings and makes the plan of a VM; changes nothing.
 *
 * @throws ProjectError BAD_SETTING, CONFIG_INVALID, CONFIG_UNREADABLE; MachineError TEMPLATE_INVALID; LimaTemplateError
 */
export async function planMachine(options: PlanOptions): Promise<MachinePlan> {
  const { name, project, env, directory } = options;
  const settings = await readSettings({ flags: options.flags, env, project, directory });
  const image = wantedImage({
    image: settings.image,
    owner: project?.root ?? options.flakeImageName ?? name,
    defaultName: project?.name ?? options.defaultImageName,
    directory: project?.root ?? directory,
  });
  return {
    name,
    project,
    settings,
    template: await machineTemplate(settings, project, options.onlyMounts),
    image,
    probes: machineProbes(settings.checks?.value ?? []),
    startTimeoutMs: settings.startTimeout && parseDuration(settings.startTimeout.value),
    ttlMs: settings.ttl && parseDuration(settings.ttl.value),
  };
}

/** The template file of a plan, if one is named. */
export function templateFileOf({ settings: { template } }: MachinePlan): string | undefined {
  return template && resolve(template.directory, template.value);
}
