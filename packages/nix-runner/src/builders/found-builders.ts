import type { DetectNixOptions } from "../detect-nix.ts";
import type { Builder } from "./builder.ts";

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
