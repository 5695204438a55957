import { realpathSync } from "node:fs";
import { sep } from "node:path";

import { findProject, type Project } from "@sysinit-internal/project/find-project";

import type { CommandContext } from "./command-context.ts";

/** The VM that a command is about: a named one, or that of the project that the person is in. */
export interface Target {
  name: string;
  /** Only when no name was given: a named VM has nothing to do with where the person is. */
  project: Project | undefined;
}

/** Throws NO_PROJECT when there is neither a name nor a project. */
export async function targetOf({ directory }: CommandContext, name: string | undefined): Promise<Target> {
  if (name !== undefined) return { name, project: undefined };
  const project = findProject(directory);
  if (project !== undefined) return { name: project.instance, project };
  const { ProjectError } = await import("@sysinit-internal/project");
  throw new ProjectError({
    code: "NO_PROJECT",
    message: "missing required argument 'NAME': this folder belongs to no project",
    hint: "name a VM of `lima-cli list`, or make this folder a project: lima-cli init",
    details: { directory },
  });
}

/** The folder of the guest that matches where the person is, since a project's VM has the project at the same path. */
export function matchingFolder({ project }: Target, directory: string): string | undefined {
  if (project === undefined) return undefined;
  const here = realpathSync(directory);
  return here === project.root || here.startsWith(project.root + sep) ? here : undefined;
}
