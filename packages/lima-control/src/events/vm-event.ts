/**
 * What a verb tells while it works. `atMs` counts from the beginning of the verb. Consumers may miss events: the result
 * of the verb says all that matters.
 */
export type VmEvent =
  | { type: "creating" | "starting" | "stopping" | "deleting" | "ready"; atMs: number; name: string }
  /** The state of the VM, memory and disk, is being written into its disk. */
  | { type: "saving"; atMs: number; name: string }
  | { type: "resetting"; atMs: number; name: string; way: "snapshot" | "clone" | "create" }
  /** limactl begins to wait for something in the guest, or has seen it. */
  | { type: "requirement"; atMs: number; name: string; text: string }
  | { type: "message"; atMs: number; name: string; level: MessageLevel; text: string }
  /** Nothing new for a while; `text` says what is being waited for, `elapsedMs` for how long already. */
  | { type: "waiting"; atMs: number; name: string; text: string; elapsedMs: number }
  | {
      type: "probe";
      atMs: number;
      name: string;
      label: string;
      state: "ready" | "pending" | "failed";
      detail?: string;
    }
  /** The VM runs, but not all of it works. */
  | { type: "degraded"; atMs: number; name: string; reasons: string[] };

export type MessageLevel = "debug" | "info" | "warning" | "error";

export type VmEventListener = (event: VmEvent) => void;
