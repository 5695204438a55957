import { brandOf, CodedError, type CodedErrorInit } from "@sysinit-internal/errors";

/** What each code of ours means; the README's table says the same. */
export const limaCiErrorCodes = {
  UNKNOWN_ROW: "--only names neither a check nor a cell of the matrix.",
  SUITE_UNREADABLE: "The suite file cannot be read.",
  SUITE_INVALID: "The suite has mistakes; each is told with its line and column.",
  LIMA_VERSION_ABSENT: "A cell of the matrix wants a version of limactl that is not among those given.",
  NOT_JUDGED: "A check could not be judged, since the VM or a tool did not answer.",
  REPORT_UNREADABLE: "A file is no report of lima-ci.",
  REPORT_VERSION_UNKNOWN: "A report was written by a newer lima-ci.",
  CELL_TWICE: "Two reports that are to be merged are about the same cell.",
} as const;

export type LimaCiErrorCode = keyof typeof limaCiErrorCodes;

/** An error of this app itself; those of the packages pass through unchanged. */
export class LimaCiError extends CodedError<LimaCiErrorCode> {
  override readonly name = "LimaCiError";

  constructor(init: CodedErrorInit<LimaCiErrorCode>) {
    super(brandOf("@sysinit/lima-ci"), init);
  }
}
