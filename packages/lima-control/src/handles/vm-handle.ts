import type { InstanceRecord } from "../instances/instance-record.ts";
import type { CallOptions } from "./options.ts";

/** What both kinds of handle can do. */
export interface VmHandle {
  readonly name: string;
  /** The instance's directory in LIMA_HOME. */
  readonly dir: string;
  /** Whether this process made the instance, and deletes it at the end of `await using`. */
  readonly owned: boolean;
  /** What limactl says of it now. @throws LimaControlError INSTANCE_NOT_FOUND */
  inspect(options?: CallOptions): Promise<InstanceRecord>;
  /** The log files that there are: host agent, serial consoles. */
  logFiles(): Promise<string[]>;
}
