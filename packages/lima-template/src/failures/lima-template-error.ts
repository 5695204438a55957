import { brandOf, CodedError, hasBrand, type CodedErrorInit } from "@sysinit-internal/errors";
import type { LimaTemplateErrorCode } from "./error-codes.ts";

const brand = brandOf("@sysinit/lima-template");

/** Thrown for what is not a matter of a template's text: an unreadable file, or bad values given in code. */
export class LimaTemplateError extends CodedError<LimaTemplateErrorCode> {
  override readonly name = "LimaTemplateError";

  constructor(init: CodedErrorInit<LimaTemplateErrorCode>) {
    super(brand, init);
  }

  /** Whether a value is such an error (of this code), whichever copy of the package made it. */
  static is(value: unknown, code?: LimaTemplateErrorCode): value is LimaTemplateError {
    return hasBrand(value, brand) && (code === undefined || (value as LimaTemplateError).code === code);
  }
}
