export { build, type BuildOutcome, type BuildResult } from "./build.ts";
export { buildImage, type BuildImageOptions, type BuiltImage } from "./build-image.ts";
export { buildImageOn } from "./build-image-on.ts";
export type { BuildImageOnOptions, CopiedImage } from "./machine/copied-image.ts";
export type { BuildMachine, MachineCommandResult } from "./machine/build-machine.ts";
export type { BuildOptions } from "./build-options.ts";
export { findImage, type FindImageOptions, type FoundImage } from "./find-image.ts";
export { detectNix, type DetectNixOptions, type NixInstallation } from "./detect-nix.ts";
export { findBuilders } from "./find-builders.ts";
export type { FindBuildersOptions, FoundBuilders } from "./builders/found-builders.ts";
export type { Builder, BuilderKind } from "./builders/builder.ts";
export { releaseRoot } from "./release-root.ts";
export { answersBinaryCache, type AnswersBinaryCacheOptions } from "./answers-binary-cache.ts";
export { NixRunnerError } from "./errors.ts";
export { nixRunnerErrorCodes, type NixRunnerErrorCode } from "./error-codes.ts";
export type {
  BuildEvent,
  BuildPhase,
  BuildProgress,
  RunningDerivation,
  RunningTransfer,
} from "./events/build-event.ts";
export type { Environment } from "./nix/environment.ts";
export type { FlakeProvenance } from "./nix/flake-metadata.ts";
export type { NixFlavour } from "./nix/version.ts";
