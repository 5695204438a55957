import type { InstanceRecord } from "../instances/instance-record.ts";
import type { InstanceChanges } from "./instance-changes.ts";
import type { CloneOptions, CallOptions, DeleteOptions, StartOptions } from "./options.ts";
import type { RunningVm } from "./running-vm.ts";
import type { VmHandle } from "./vm-handle.ts";

/** An instance that does not run. */
export interface StoppedVm extends VmHandle {
  readonly state: "stopped";
  /**
   * Starts it, from where it was suspended if it was, and waits until it is ready. When that fails the instance is stopped again, and what its logs said is in
   * the error.
   *
   * @throws LimaControlError START_FAILED, START_TIMEOUT, START_DEGRADED, MOUNT_MISSING, PROBE_FAILED, PROBE_TIMEOUT,
   *   INSTANCE_NOT_FOUND, ABORTED
   */
  start(options?: StartOptions): Promise<RunningVm>;
  /**
   * Copies it to a new instance, which is owned until it is detached; needs no place for what the file system can share. Nothing is left of
   * the copy when that fails. The copy is not protected.
   *
   * @throws LimaControlError INSTANCE_EXISTS, NOT_STOPPED, CREATE_FAILED, LIMACTL_TOO_OLD, BAD_INSTANCE_NAME,
   *   PATH_TOO_LONG, ABORTED
   */
  clone(name: string, options?: CloneOptions): Promise<StoppedVm>;
  /**
   * Gives it another name, which all its handles then have. Needs Lima 2.0 or newer.
   *
   * @throws LimaControlError INSTANCE_EXISTS, NOT_STOPPED, LIMACTL_TOO_OLD, BAD_INSTANCE_NAME, PATH_TOO_LONG
   */
  rename(name: string, options?: CallOptions): Promise<void>;
  /**
   * Changes its template and returns what it then is. A refused change changes nothing.
   *
   * @throws LimaControlError EDIT_REFUSED, NOT_STOPPED, BAD_ARGUMENT
   */
  edit(changes: InstanceChanges, options?: CallOptions): Promise<InstanceRecord>;
  /**
   * Deletes it; one that is gone already is no error, and of an owned one another that has its name now is left alone.
   *
   * @throws LimaControlError PROTECTED, INSTANCE_BUSY, DELETE_FAILED
   */
  delete(options?: DeleteOptions): Promise<void>;
}
