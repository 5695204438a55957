import type { NixRunnerErrorCode } from "../error-codes.ts";

/** Why a build failed, ready to be thrown. */
export interface Failure {
  code: NixRunnerErrorCode;
  message: string;
  hint?: string;
  details?: Record<string, unknown>;
}

/** One error that nix reported. */
export interface Complaint {
  /** The innermost message: no colours, no "error:", no trace, no suggestions. */
  raw: string;
  /** The whole of it, with trace and suggestions. */
  whole: string;
  /** Where in the nix code: `path:line:column`, or undefined. */
  position: string | undefined;
}

/** What a cause may look at. */
export interface FailureEvidence {
  /** As the caller gave it. */
  installable: string;
  /** Errors that nix reported as such, in order. */
  complaints: readonly Complaint[];
  /** Errors, warnings and other talk that came as plain text; a builder can forge these. */
  talk: readonly string[];
  /** Whether evaluation had ended. */
  realising: boolean;
  /** What nix evaluated, as "git+file:///home/dev/flake#image". */
  evaluated: string | undefined;
  /** Derivations whose build began. */
  started: ReadonlySet<string>;
  /** Last log lines of a derivation. */
  logTail: (drvPath: string) => readonly string[];
  /** The caller's limit on silence. */
  maxSilentMs: number | undefined;
  /** Whether nix had told the result before it failed. */
  hasResult: boolean;
  /** The user's file of which a file in the store is the copy. */
  originalOf: (storeFile: string) => string | undefined;
}

/** One known cause: looks at one complaint in the light of the rest, and explains it if it is its own. */
export type FailureCause = (complaint: Complaint, evidence: FailureEvidence) => Failure | undefined;
