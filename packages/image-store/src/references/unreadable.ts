import { ImageStoreError } from "../errors/image-store-error.ts";

/** Something of Lima's that could not be read; thrown by a reader, and told with all others at the end. */
export class Unreadable extends Error {
  readonly path: string;

  constructor(path: string, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.path = path;
  }

  /** From an error of the system. */
  static from(error: unknown, path: string): Unreadable {
    return error instanceof Unreadable ? error : new Unreadable(path, (error as Error).message, error);
  }
}

/** What cannot be read might need any image. */
export function instanceUnreadable(found: readonly { by: string; problem: Unreadable }[]): ImageStoreError {
  const [first] = found;
  const others = found.length > 1 ? ` (and ${found.length - 1} more)` : "";
  return new ImageStoreError({
    code: "INSTANCE_UNREADABLE",
    message: `${first?.by} cannot be read, so it may need any image: ${first?.problem.path}: ${first?.problem.message}${others}`,
    hint: "Repair it, or delete it with limactl delete; then try again. Nothing was removed.",
    details: {
      unreadable: found.map(({ by, problem }) => ({ by, path: problem.path, reason: problem.message })),
    },
    cause: first?.problem,
  });
}
