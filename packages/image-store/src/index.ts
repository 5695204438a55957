export { installImage, type InstallOptions, type InstallResult } from "./install.ts";
export { listImages } from "./list.ts";
export { showImage } from "./show.ts";
export { verifyImage, verifyImages, type VerifyOptions, type VerifyResult } from "./verify.ts";
export { inspectImage, type ImageInspection } from "./inspect.ts";
export { imagesDirectory } from "./images-directory.ts";
export { checkImageName } from "./names/check-image-name.ts";

export { ImageStoreError } from "./errors/image-store-error.ts";
export { imageStoreErrorCodes, type ImageStoreErrorCode } from "./errors/codes.ts";
export type { StoreEvent } from "./events/store-event.ts";
export type { ImageFormat } from "./names/file-names.ts";
export type { Provenance } from "./manifest/provenance.ts";
export type { ImageChoice } from "./store/find-entry.ts";
export type { StoredImage } from "./stored-image.ts";
