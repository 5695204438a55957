import type { BuildOptions } from "./build-options.ts";
import type { BuildSession } from "./build-session.ts";
import { copiedDirectory, isLargerThan } from "./nix/copied-directory.ts";
import { parseInstallable } from "./nix/installable.ts";

const largeCopyBytes = 256 * 1024 * 1024;

/** A forgotten disk image beside flake.nix costs minutes and the space of another one, and nix says nothing. */
export async function warnOfLargeCopy(
  { installable, cwd = process.cwd() }: Pick<BuildOptions, "installable" | "cwd">,
  session: BuildSession,
): Promise<void> {
  const { flakeReference } = parseInstallable(installable);
  const directory = flakeReference === undefined ? undefined : copiedDirectory(flakeReference, cwd);
  if (directory === undefined || !(await isLargerThan(directory, largeCopyBytes))) return;
  session.warn(
    `nix copies all of ${directory} into its store, more than ${largeCopyBytes / 1024 / 1024} MiB: keep large files elsewhere, or the flake in git`,
  );
}
