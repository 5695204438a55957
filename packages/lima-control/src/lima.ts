import type { CreateOptions } from "./create.ts";
import type { CallOptions } from "./handles/options.ts";
import type { RunningVm } from "./handles/running-vm.ts";
import type { StoppedVm } from "./handles/stopped-vm.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LaunchOptions } from "./launch.ts";
import type { LimaInfo } from "./limactl/info.ts";
import type { InstanceEvent, WatchOptions } from "./watch.ts";
import type { SweepOptions } from "./sweep.ts";

/** One LIMA_HOME and the limactl that works on it. */
export interface Lima {
  /** LIMA_HOME, absolute. */
  readonly home: string;
  /** What limactl says of itself. */
  info(options?: CallOptions): Promise<LimaInfo>;
  /** All instances, by name. */
  list(options?: CallOptions): Promise<InstanceRecord[]>;
  /** One instance; undefined only when there truly is none. */
  find(name: string, options?: CallOptions): Promise<InstanceRecord | undefined>;
  /**
   * The instances that there are, and what becomes of them and of new ones, until `signal` is aborted or the loop is left.
   */
  watch(options?: WatchOptions): AsyncIterable<InstanceEvent>;
  /**
   * Makes an instance and does not start it; owned, so that it goes with this process unless it is detached. Nothing is left of it when that fails.
   *
   * @throws LimaControlError INSTANCE_EXISTS, TEMPLATE_REFUSED, CREATE_FAILED, BAD_INSTANCE_NAME, PATH_TOO_LONG, ABORTED
   */
  create(options: CreateOptions): Promise<StoppedVm>;
  /** A handle of an instance that is there; borrowed. @throws LimaControlError INSTANCE_NOT_FOUND */
  attach(name: string, options?: CallOptions): Promise<StoppedVm | RunningVm>;
  /**
   * Creates or clones a VM, starts it and waits until it is ready; owned. A launch that fails or is aborted leaves nothing behind
   * unless `keep` says so. A second launch of the same name waits for the first.
   */
  launch(options: LaunchOptions): Promise<RunningVm>;
  /**
   * Deletes the instances whose owner died; returns their names. Never touches one that was not made under a lease. `create` and
   * `launch` do it first.
   */
  sweep(options?: SweepOptions): Promise<string[]>;
}
