import type { Readable } from "node:stream";

import type { GuestExit } from "./options.ts";

/** A command that runs in the guest. At the end of `await using` it is ended. */
export interface GuestProcess extends AsyncDisposable {
  readonly argv: readonly string[];
  /**
   * What it writes, byte for byte and at the pace of the reader. An output that is never asked for is dropped; one that
   * is asked for must be read, else the command waits.
   */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /**
   * How it ended, whatever its status. The readers of its output fail with the same error.
   *
   * @throws LimaControlError what {@link RunningVm.tryExec} throws; ABORTED after {@link GuestProcess.kill}
   */
  readonly exit: Promise<GuestExit>;
  /** Ends it in the guest, with all that it started. One that has ended is left as it is. */
  kill(): Promise<void>;
}
