import { CodedError, brandOf, hasBrand, type CodedErrorInit } from "@sysinit-internal/errors";

import type { ImageStoreErrorCode } from "./codes.ts";

const brand = brandOf("@sysinit/image-store");

/** What this package throws. Recognise it with {@link ImageStoreError.is}, and tell cases apart by `code`. */
export class ImageStoreError extends CodedError<ImageStoreErrorCode> {
  override readonly name = "ImageStoreError";

  constructor(init: CodedErrorInit<ImageStoreErrorCode>) {
    super(brand, init);
  }

  /** Whether a value is an error of this package, also of another copy of it. */
  static is(value: unknown, code?: ImageStoreErrorCode): value is ImageStoreError {
    return hasBrand(value, brand) && (code === undefined || (value as ImageStoreError).code === code);
  }
}
