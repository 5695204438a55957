import { brandOf, CodedError, hasBrand, type CodedErrorInit } from "@sysinit-internal/errors";

import type { NixRunnerErrorCode } from "./error-codes.ts";

const brand = brandOf("@sysinit/nix-runner");

/** What every verb of this package fails with; `code` is one of `nixRunnerErrorCodes`. */
export class NixRunnerError extends CodedError<NixRunnerErrorCode> {
  override readonly name = "NixRunnerError";

  constructor(init: CodedErrorInit<NixRunnerErrorCode>) {
    super(brand, init);
  }

  /** Whether `value` is an error of this package (from whichever copy of it), and of this code when one is given. */
  static is(value: unknown, code?: NixRunnerErrorCode): value is NixRunnerError {
    return hasBrand(value, brand) && (code === undefined || (value as NixRunnerError).code === code);
  }
}
