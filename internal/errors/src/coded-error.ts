import { brandOf, hasBrand } from "./brand.ts";

/** What an error says of itself. */
export interface CodedErrorInit<Code extends string> {
  /** Stable identifier in UPPER_SNAKE; messages may change, codes do not. */
  code: Code;
  /** One line: what failed, on which thing, why. */
  message: string;
  /** One imperative line that the user can act on. */
  hint?: string | undefined;
  /** Evidence as data: argv, exit status, paths, log tails. */
  details?: Readonly<Record<string, unknown>> | undefined;
  cause?: unknown;
}

/** An error as plain data, for JSON output. */
export interface ErrorReport {
  code: string;
  message: string;
  hint?: string;
  details?: Readonly<Record<string, unknown>>;
}

const anyBrand = brandOf("@sysinit");

/** Base of the error classes of all packages: `code`, one-line message, `hint`, `details`, `cause`. */
export abstract class CodedError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(brand: symbol, init: CodedErrorInit<Code>) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.hint = init.hint;
    this.details = init.details ?? {};
    for (const symbol of [anyBrand, brand]) Object.defineProperty(this, symbol, { value: true });
  }

  toJSON(): ErrorReport {
    const report: ErrorReport = { code: this.code, message: this.message };
    if (this.hint !== undefined) report.hint = this.hint;
    if (Object.keys(this.details).length > 0) report.details = this.details;
    return report;
  }
}

/** Whether a value is an error of any of our packages, whichever copy of the package made it. */
export function isCodedError(value: unknown): value is CodedError {
  return hasBrand(value, anyBrand);
}
