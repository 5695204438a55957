import { homedir } from "node:os";
import { resolve } from "node:path";

import type { Project, Settings } from "@sysinit-internal/project";
import type { Template } from "@sysinit/lima-template";

import { readMachineTemplate } from "./prepare-template.ts";

type Changes = Parameters<Template["with"]>[0];
type Mounts = NonNullable<Changes["mounts"]>;

// For a mount that 9p makes (QEMU); others ignore it. The default of read-only ones needs a kernel with fscache.
const nineP = { "9p": { cache: "mmap" as const } };

/**
 * The template of a VM without its image: the named or built-in one with what the settings change. A project's VM sees the
 * project at the path that it has here; of the built-in template's own mounts and the probe for them it has none.
 *
 * @param onlyMounts In place of all mounts of the template, the project and the settings.
 * @throws MachineError TEMPLATE_INVALID; LimaTemplateError INVALID_TEMPLATE, TEMPLATE_UNREADABLE
 */
export async function machineTemplate(
  settings: Settings,
  project: Project | undefined,
  onlyMounts?: readonly OnlyMount[],
): Promise<Template> {
  const { template: file, cpus, memory, disk, ports, provision } = settings;
  const mounts = onlyMounts === undefined ? settings.mounts : undefined;
  const read = await readMachineTemplate(file && resolve(file.directory, file.value));
  const bare = file === undefined && (project !== undefined || onlyMounts !== undefined);
  const base = bare
    ? read.with({ mounts: [], probes: [] })
    : onlyMounts === undefined
      ? read
      : read.with({ mounts: [] });
  const replaced: Changes = {
    ...(cpus && { cpus: cpus.value }),
    ...(memory && { memory: memory.value as NonNullable<Changes["memory"]> }),
    ...(disk && { disk: disk.value as NonNullable<Changes["disk"]> }),
  };
  const added: Changes = {
    ...(project !== undefined || mounts !== undefined || onlyMounts !== undefined
      ? {
          mounts: onlyMounts
            ? onlyMounts.map(sameMount)
            : [...projectMount(project), ...(mounts === undefined ? [] : mountsOf(mounts))],
        }
      : {}),
    ...(ports && {
      portForwards: ports.value.map(({ guest, host = guest }) => ({ guestPort: guest, hostPort: host })),
    }),
    ...(provision && {
      provision: provision.value.map(({ script, as = "root" }) => ({
        mode: as === "root" ? ("system" as const) : ("user" as const),
        script,
      })),
    }),
  };
  const changed = Object.keys(replaced).length === 0 ? base : base.with(replaced);
  return Object.keys(added).length === 0 ? changed : changed.add(added);
}

/** A folder of this machine that the guest has at the same path. */
export interface OnlyMount {
  /** Absolute. */
  path: string;
  writable: boolean;
}

/** A mount as a template has it. */
export function sameMount({ path, writable }: OnlyMount): Mounts[number] {
  const location = path as `/${string}`;
  return { location, mountPoint: location, writable, ...nineP };
}

function projectMount(project: Project | undefined): Mounts {
  if (project === undefined) return [];
  return [sameMount({ path: project.root, writable: true })];
}

function mountsOf({ value, directory }: NonNullable<Settings["mounts"]>): Mounts {
  return value.map(({ location, mountPoint, writable = false }) => {
    const path = resolve(directory, location.replace(/^~(?=\/|$)/, homedir()));
    return {
      location: path as `/${string}`,
      mountPoint: (mountPoint ?? path) as `/${string}`,
      writable,
      ...nineP,
    };
  });
}
