import { join } from "node:path";

import type { Template } from "@sysinit/lima-template";

/** The host directories that the template mounts at ~/.ssh and ~/projects of the guest, if it mounts both. */
export function hostMounts(
  template: Template,
  env: Readonly<Record<string, string | undefined>>,
): { sshDirectory: string; projectsDirectory: string } | undefined {
  const home = env["HOME"] ?? "";
  const mountedAt = (name: string) => {
    const mount = template.value.mounts?.find(({ mountPoint }) => mountPoint?.endsWith(`/${name}`));
    return mount && mount.location.replace(/^~(?=\/|$)/, home);
  };
  const sshDirectory = mountedAt(".ssh");
  const projectsDirectory = mountedAt("projects");
  if (sshDirectory === undefined || projectsDirectory === undefined) return undefined;
  return { sshDirectory: join(sshDirectory), projectsDirectory: join(projectsDirectory) };
}
