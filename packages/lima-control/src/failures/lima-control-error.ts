import { CodedError, brandOf, hasBrand, type CodedErrorInit } from "@sysinit-internal/errors";

import { oneLine } from "../limactl/log-line.ts";
import type { LimaControlErrorCode } from "./error-codes.ts";

const brand = brandOf("@sysinit/lima-control");

/** What goes wrong with instances; `code` is one of {@link limaControlErrorCodes}. */
export class LimaControlError extends CodedError<LimaControlErrorCode> {
  override readonly name = "LimaControlError";

  constructor(init: CodedErrorInit<LimaControlErrorCode>) {
    const { message, hint } = init;
    // Paths, probes and causes may have any number of lines.
    super(brand, {
      ...init,
      message: oneLine(message, Infinity),
      hint: hint === undefined ? undefined : oneLine(hint, Infinity),
    });
  }

  /** Whether a value is such an error (of the given code), whichever copy of this package made it. */
  static is(value: unknown): value is LimaControlError;
  static is<Code extends LimaControlErrorCode>(
    value: unknown,
    code: Code,
  ): value is LimaControlError & { readonly code: Code };
  static is(value: unknown, code?: LimaControlErrorCode): boolean {
    return hasBrand(value, brand) && (code === undefined || (value as LimaControlError).code === code);
  }
}
