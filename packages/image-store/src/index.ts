export { installImage, type InstallOptions, type InstallResult } from "./install.ts";
export { planInstall, type InstallPlan, type PlanInstallOptions } from "./plan-install.ts";
export { pullImage } from "./pull.ts";
export type { PullOptions, PullResult } from "./remote/pull-options.ts";
export { planPull, type PullPlan } from "./plan-pull.ts";
export { pushImage } from "./push.ts";
export type { PushOptions, PushResult } from "./remote/push-options.ts";
export { listImages } from "./list.ts";
export { showImage } from "./show.ts";
export { useImage, type UseOptions, type UseResult } from "./use.ts";
export { rollbackImage, type RollbackOptions } from "./rollback.ts";
export { removeImage, type RemoveOptions, type RemoveResult } from "./remove.ts";
export {
  planPrune,
  type KeepReason,
  type PlanOptions,
  type PruneCriteria,
  type PruneItem,
  type PrunePlan,
} from "./plan-prune.ts";
export { prune, type PruneOptions, type PruneResult } from "./prune.ts";
export { adoptImage, type AdoptOptions, type AdoptResult } from "./adopt.ts";
export { repairStore, type RepairFinding, type RepairOptions, type RepairResult } from "./repair.ts";
export { verifyImage, verifyImages, type VerifyOptions, type VerifyResult } from "./verify.ts";
export { inspectImage, type ImageInspection } from "./inspect.ts";
export { imagesDirectory } from "./images-directory.ts";
export { checkImageName } from "./names/check-image-name.ts";

export { ImageStoreError } from "./errors/image-store-error.ts";
export { imageStoreErrorCodes, type ImageStoreErrorCode } from "./errors/codes.ts";
export type { StoreEvent } from "./events/store-event.ts";
export type { ImageFormat } from "./names/file-names.ts";
export type { Provenance } from "./manifest/provenance.ts";
export type { ImageArchitecture } from "./remote/artifact/choose-platform.ts";
export type { RegistryCredentials } from "./remote/credentials/credentials.ts";
export type { RemoteEvent } from "./remote/remote-event.ts";
export type { RemoteOptions } from "./remote/remote-options.ts";
export type { ImageChoice } from "./store/find-entry.ts";
export type { ImageReference } from "./references/reference.ts";
export type { StoreOptions } from "./store/with-store-lock.ts";
export type { StoredImage, StoredRawDisk } from "./stored-image.ts";
