import { brandOf, CodedError, type CodedErrorInit } from "@sysinit-internal/errors";

export type ReportErrorCode = "REPORT_UNREADABLE" | "REPORT_VERSION_UNKNOWN" | "CELL_TWICE";

/** Something wrong with a report that is read. */
export class ReportError extends CodedError<ReportErrorCode> {
  override readonly name = "ReportError";

  constructor(init: CodedErrorInit<ReportErrorCode>) {
    super(brandOf("@sysinit/lima-ci"), init);
  }
}
