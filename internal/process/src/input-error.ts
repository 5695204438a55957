/** That an input could not be read, or gave what no program can be given; `cause` says why. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
