import type { DeleteOptions, StartOptions } from "./options.ts";
import type { RunningVm } from "./running-vm.ts";
import type { VmHandle } from "./vm-handle.ts";

/** An instance that does not run. */
export interface StoppedVm extends VmHandle {
  readonly state: "stopped";
  /**
   * Starts it and waits until it is ready. When that fails the instance is stopped again, and what its logs said is in
   * the error.
   *
   * @throws LimaControlError START_FAILED, START_TIMEOUT, START_DEGRADED, MOUNT_MISSING, PROBE_FAILED, PROBE_TIMEOUT,
   *   INSTANCE_NOT_FOUND, ABORTED
   */
  start(options?: StartOptions): Promise<RunningVm>;
  /**
   * Deletes it; one that is gone already is no error.
   *
   * @throws LimaControlError PROTECTED, INSTANCE_BUSY, DELETE_FAILED
   */
  delete(options?: DeleteOptions): Promise<void>;
}
