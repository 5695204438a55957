import { CodedError, brandOf, hasBrand, type CodedErrorInit } from "@sysinit-internal/errors";

const brand = brandOf("@sysinit-internal/files");

export type FilesErrorCode =
  /** A file that should be JSON is not, or is far too large. */
  | "FILE_NOT_JSON"
  /** A JSON file lacks something or holds something of the wrong kind. */
  | "FILE_INVALID"
  /** A JSON file was written by a version that we do not know. */
  | "SCHEMA_UNKNOWN"
  /** Another process kept the lock for longer than we wanted to wait. */
  | "LOCK_TIMEOUT";

/** What goes wrong with files of ours. */
export class FilesError extends CodedError<FilesErrorCode> {
  override readonly name = "FilesError";

  constructor(init: CodedErrorInit<FilesErrorCode>) {
    super(brand, init);
  }

  static is(value: unknown, code?: FilesErrorCode): value is FilesError {
    return hasBrand(value, brand) && (code === undefined || (value as FilesError).code === code);
  }
}
