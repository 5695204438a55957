import { brandOf, CodedError, type CodedErrorInit } from "@sysinit-internal/errors";

/** What can go wrong between the packages; their own errors pass through unchanged. */
export type MachineErrorCode = "TEMPLATE_INVALID" | "NO_IMAGE_SOURCE" | "PREREQUISITE_MISSING";

export class MachineError extends CodedError<MachineErrorCode> {
  override readonly name = "MachineError";

  constructor(init: CodedErrorInit<MachineErrorCode>) {
    super(brandOf("@sysinit-internal/machine"), init);
  }
}
