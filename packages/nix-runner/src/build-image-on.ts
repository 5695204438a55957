import type { BuildImageOnOptions, CopiedImage } from "./machine/copied-image.ts";

/**
 * Builds an installable with the nix of another machine, finds the disk image in its output and copies it here. A flake of this
 * machine is copied there first, of a git tree what git knows. Nothing is left there but what nix has in its store.
 * @throws NixRunnerError as `buildImage` does, and MACHINE_FAILED, GIT_FAILED; what the functions of `machine` throw
 */
export async function buildImageOn(options: BuildImageOnOptions): Promise<CopiedImage> {
  const { runBuildImageOn } = await import("./on-demand.ts");
  return runBuildImageOn(options);
}
