import type { InstanceRecord } from "../instances/instance-record.ts";
import type { CallOptions, LogLine, LogsOptions } from "./options.ts";

/** What both kinds of handle can do. At the end of `await using` an owned instance is deleted, a borrowed one is left alone. */
export interface VmHandle extends AsyncDisposable {
  /** Changes with a {@link StoppedVm.rename}, for all handles of the instance. */
  readonly name: string;
  /** The instance's directory in LIMA_HOME. */
  readonly dir: string;
  /** Whether this process made the instance, and deletes it at the end of `await using`. */
  readonly owned: boolean;
  /** What limactl says of it now. @throws LimaControlError INSTANCE_NOT_FOUND */
  inspect(options?: CallOptions): Promise<InstanceRecord>;
  /** Has Lima refuse to delete it, whoever asks. Done already is no error. @throws LimaControlError INSTANCE_BUSY */
  protect(options?: CallOptions): Promise<void>;
  /** Allows its deletion again. @throws LimaControlError INSTANCE_BUSY */
  unprotect(options?: CallOptions): Promise<void>;
  /** The log files that there are: host agent, serial consoles. */
  logFiles(): Promise<string[]>;
  /** The lines of the logs, file after file, or with `follow` as they come. */
  logs(options?: LogsOptions): AsyncIterable<LogLine>;
  /**
   * Writes the logs, what limactl says of the VM and of itself, the cause if there is a known one, and of a VM that runs what
   * the guest tells of itself, into a directory; returns the files. Private keys are taken out, other secrets that a guest
   * logs are not. Never fails.
   */
  diagnose(into: string): Promise<string[]>;
  /**
   * Gives up the ownership: the instance stays when this process ends, and `sweep` leaves it alone. Does nothing to a borrowed
   * one.
   */
  detach(): Promise<void>;
}
