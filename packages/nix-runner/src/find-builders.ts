import type { Builder } from "./builders/builder.ts";
import type { DetectNixOptions } from "./detect-nix.ts";

export interface FindBuildersOptions extends DetectNixOptions {
  /** What is to be built, as "aarch64-linux"; default: what this machine builds by itself. */
  system?: string | undefined;
  /** System features that it needs, as "kvm"; default: none. */
  features?: readonly string[] | undefined;
}

/** Who can build for a system. */
export interface FoundBuilders {
  system: string;
  features: readonly string[];
  /** Whether one of the builders suits. */
  canBuild: boolean;
  /** Everyone whom nix knows to build, in the order in which it considers them. */
  builders: Builder[];
  /** What to do when none suits. */
  hint?: string;
}

/**
 * Says who can build for a system, before anything is evaluated: this machine, natively or by emulation, a Linux builder, another
 * machine, or nobody, and then what to do. Builds nothing and changes nothing; the ssh port of machines that suit is tried.
 * @throws NixRunnerError NIX_NOT_FOUND, NIX_TOO_OLD, NIX_UNUSABLE, PROTOCOL, ABORTED
 */
export async function findBuilders(options: FindBuildersOptions = {}): Promise<FoundBuilders> {
  const { runFindBuilders } = await import("./on-demand.ts");
  return runFindBuilders(options);
}
