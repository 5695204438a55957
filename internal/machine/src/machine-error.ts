import { brandOf, CodedError, type CodedErrorInit } from "@sysinit-internal/errors";

/** What can go wrong between the packages; their own errors pass through unchanged. */
export const machineErrorCodes = {
  CONFIRMATION_NEEDED: "Something is to be removed or mended, and there is no terminal to ask on.",
  NOT_OURS: "The VM was not made by `up`, so that what it was made of is not known.",
  NO_IMAGE_SOURCE: "Nothing says what to build, and there is no guest of the project here.",
  PREREQUISITE_MISSING: "This machine lacks something that a VM needs.",
  TEMPLATE_INVALID: "A template has errors.",
} as const satisfies Record<string, string>;

export type MachineErrorCode = keyof typeof machineErrorCodes;

export class MachineError extends CodedError<MachineErrorCode> {
  override readonly name = "MachineError";

  constructor(init: CodedErrorInit<MachineErrorCode>) {
    super(brandOf("@sysinit-internal/machine"), init);
  }
}
