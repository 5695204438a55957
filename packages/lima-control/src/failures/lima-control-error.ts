import { CodedError, brandOf, hasBrand, type CodedErrorInit } from "@sysinit-internal/errors";

import type { LimaControlErrorCode } from "./error-codes.ts";

const brand = brandOf("@sysinit/lima-control");

/** What goes wrong with instances; `code` is one of {@link limaControlErrorCodes}. */
export class LimaControlError extends CodedError<LimaControlErrorCode> {
  override readonly name = "LimaControlError";

  constructor(init: CodedErrorInit<LimaControlErrorCode>) {
    super(brand, init);
  }

  /** Whether a value is such an error (of the given code), whichever copy of this package made it. */
  static is(value: unknown, code?: LimaControlErrorCode): value is LimaControlError {
    return hasBrand(value, brand) && (code === undefined || (value as LimaControlError).code === code);
  }
}
