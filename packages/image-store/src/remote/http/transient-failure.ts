/** What may go well when it is tried again. Never leaves the package: who tries again makes it an ImageStoreError. */
export class TransientFailure extends Error {
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    reason: string,
    init: { retryAfterMs?: number | undefined; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(reason, { cause: init.cause });
    this.retryAfterMs = init.retryAfterMs;
    this.details = init.details ?? {};
  }
}
