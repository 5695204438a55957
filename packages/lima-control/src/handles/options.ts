import type { VmEventListener } from "../events/vm-event.ts";
import type { Probe } from "../probes/probe.ts";

/** What nearly every call takes. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
}

export interface StartOptions extends CallOptions {
  /** From `limactl start` to ready; by default 10 minutes with a hardware accelerator and 20 under emulation. */
  timeoutMs?: number | undefined;
  /** What else must be seen before the VM counts as started, in this order. */
  probes?: readonly Probe[] | undefined;
  /** Hand out a VM in which something is missing, with `readiness.reasons`, in place of an error. Default: false. */
  allowDegraded?: boolean | undefined;
  onEvent?: VmEventListener | undefined;
}

export interface StopOptions extends CallOptions {
  /** Pull the plug. Default: false, the guest shuts down. */
  force?: boolean | undefined;
  /** How long the guest may take to shut down before the plug is pulled; 3 minutes by default. */
  timeoutMs?: number | undefined;
  onEvent?: VmEventListener | undefined;
}

export interface RestartOptions extends StartOptions {
  /** Pull the plug. Default: false, the guest shuts down. */
  force?: boolean | undefined;
  /** How long the guest may take to shut down before the plug is pulled; 3 minutes by default. */
  stopTimeoutMs?: number | undefined;
}

export interface DeleteOptions extends CallOptions {
  onEvent?: VmEventListener | undefined;
}

/** What a command in the guest reads: all at once, or a stream that is read at the pace of the command. */
export type GuestInput = string | Uint8Array | AsyncIterable<Uint8Array>;

/** How one command is run in the guest. */
export interface SpawnOptions extends CallOptions {
  /** Absolute path in the guest; "/" by default. Never a directory of the host. */
  cwd?: string | undefined;
  /** Added to the environment that the guest's login shell makes. */
  env?: Readonly<Record<string, string>> | undefined;
  /** "root" goes through `sudo -n`; by default the user of the instance. */
  user?: "root" | undefined;
  /** What the command reads on stdin; by default stdin is empty. A stream that has not ended is destroyed at its end. */
  input?: GuestInput | undefined;
  /** Ends the command, in the guest as well. Without it there is no limit. */
  timeoutMs?: number | undefined;
}

/** The same for a command whose output is kept. */
export interface ExecOptions extends SpawnOptions {
  /** Called for each line as it comes. */
  onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
}

/** How a command in the guest ended. */
export interface GuestExit {
  argv: readonly string[];
  /** The command's own status, never that of ssh; 128+n when signal n killed it, 127 when there is no such command. */
  exitCode: number;
  durationMs: number;
}

/** The same, with what the command wrote. */
export interface GuestResult extends GuestExit {
  /** The last 8 MiB. */
  stdout: string;
  /** The last 8 MiB. */
  stderr: string;
}

/** As whom a file in the guest is read or written. */
export interface FileOptions extends CallOptions {
  /** "root" goes through `sudo -n`; by default the user of the instance. */
  user?: "root" | undefined;
}

export interface ReadFileOptions extends FileOptions {
  /** A larger file is refused; 64 MiB by default. */
  maxBytes?: number | undefined;
}

export interface WriteFileOptions extends FileOptions {
  /** Permission bits; 0o644 by default. */
  mode?: number | undefined;
  /** "user" or "user:group"; by default whoever writes it. */
  owner?: string | undefined;
}

export interface LogsOptions extends CallOptions {
  /** Go on with what is written from now on, until `signal` is aborted. Default: false. */
  follow?: boolean | undefined;
  /** Names of log files; by default all that there are. */
  files?: readonly string[] | undefined;
}

/** A line of a log of an instance. */
export interface LogLine {
  /** As "ha.stderr.log". */
  file: string;
  text: string;
}

export interface ShellOptions extends CallOptions {
  /** Absolute path in the guest; by default the home directory of its user. */
  cwd?: string | undefined;
  /** The command; by default the login shell. */
  argv?: readonly string[] | undefined;
  env?: Readonly<Record<string, string>> | undefined;
}

export interface WaitForOptions extends CallOptions {
  /** By default what the probe says, else 2 minutes. */
  timeoutMs?: number | undefined;
  onEvent?: VmEventListener | undefined;
}

export interface SaveBaselineOptions extends CallOptions {
  onEvent?: VmEventListener | undefined;
}

export interface SuspendOptions extends CallOptions {
  onEvent?: VmEventListener | undefined;
}

export interface ResetOptions extends CallOptions {
  onEvent?: VmEventListener | undefined;
}

export interface CloneOptions extends CallOptions {
  onEvent?: VmEventListener | undefined;
}
