import type { Probe } from "../probes/probe.ts";
import type { GuestProcess } from "./guest-process.ts";
import type {
  CallOptions,
  DeleteOptions,
  ExecOptions,
  FileOptions,
  GuestResult,
  ReadFileOptions,
  ResetOptions,
  RestartOptions,
  SaveBaselineOptions,
  ShellOptions,
  SpawnOptions,
  StopOptions,
  SuspendOptions,
  WaitForOptions,
  WriteFileOptions,
} from "./options.ts";
import type { ForwardOptions, PortForward } from "./port-forward.ts";
import type { SshConfig } from "./ssh-config.ts";
import type { StoppedVm } from "./stopped-vm.ts";
import type { VmHandle } from "./vm-handle.ts";

/** How a VM is that was started. */
export interface Readiness {
  /**
   * "starting": somebody's limactl is still waiting for it. "ready": all that was asked for is there. "degraded": commands
   * can be run in it, but something is missing: a mount, a step of its setup, the guest agent. "broken": nothing can be run
   * in it, or it does not run any more.
   */
  state: "starting" | "ready" | "degraded" | "broken";
  /** Why, one line each; empty when ready. */
  reasons: string[];
}

/** How a VM was reset: put back to a snapshot, or made anew as a clone or from its template. */
export type ResetWay = "snapshot" | "clone" | "create";

/** An instance that runs. */
export interface RunningVm extends VmHandle {
  readonly state: "running";
  /** How it was when this handle was made. */
  readonly readiness: Readiness;
  /** How it is now. @throws LimaControlError INSTANCE_NOT_FOUND, ABORTED */
  assess(options?: CallOptions): Promise<Readiness>;
  /**
   * Runs a command in the guest; no shell reads the arguments.
   *
   * @throws LimaControlError GUEST_COMMAND_FAILED when its status is not 0, and what {@link RunningVm.tryExec} throws
   */
  exec(argv: readonly string[], options?: ExecOptions): Promise<GuestResult>;
  /**
   * Runs a command in the guest and returns its status, whatever it is.
   *
   * @throws LimaControlError GUEST_UNREACHABLE, NOT_RUNNING, INSTANCE_NOT_FOUND, GUEST_DIRECTORY_MISSING, SUDO_REFUSED,
   *   EXEC_TIMEOUT, INPUT_FAILED, BAD_ARGUMENT, ABORTED
   */
  tryExec(argv: readonly string[], options?: ExecOptions): Promise<GuestResult>;
  /** Runs a command in the guest and gives its output as streams of bytes, however much it is. Never throws itself. */
  spawn(argv: readonly string[], options?: SpawnOptions): GuestProcess;
  /** Runs a text with `/bin/sh -eu`: the first command in it that fails ends it. Throws like {@link RunningVm.exec}. */
  script(text: string, options?: ExecOptions): Promise<GuestResult>;
  /**
   * Reads a file into memory.
   *
   * @throws LimaControlError FILE_NOT_FOUND, FILE_FAILED, and what {@link RunningVm.tryExec} throws
   */
  readFile(path: string, options?: ReadFileOptions): Promise<Uint8Array>;
  /**
   * Writes a file, so that a reader in the guest sees the old one or the whole new one; its directory must be there. A
   * symbolic link is replaced by the file.
   *
   * @throws LimaControlError FILE_FAILED, and what {@link RunningVm.tryExec} throws
   */
  writeFile(path: string, content: string | Uint8Array, options?: WriteFileOptions): Promise<void>;
  /**
   * Copies a file or a directory of this machine to `guestPath`, which is the name of the copy. A file that is there is
   * replaced, a directory is not. Nothing is left of a copy that fails.
   *
   * @throws LimaControlError FILE_NOT_FOUND, FILE_FAILED, and what {@link RunningVm.tryExec} throws
   */
  copyIn(hostPath: string, guestPath: string, options?: FileOptions): Promise<void>;
  /** The other way round, like {@link RunningVm.copyIn} in all else. What root reads becomes ours on this machine. */
  copyOut(guestPath: string, hostPath: string, options?: FileOptions): Promise<void>;
  /**
   * Opens a port of this machine that leads to one of the guest, whatever the template says of port forwards.
   *
   * @throws LimaControlError FORWARD_FAILED, NOT_RUNNING, BAD_ARGUMENT, ABORTED
   */
  forward(guestPort: number, options?: ForwardOptions): Promise<PortForward>;
  /** How ssh and what is built on it reaches the guest without limactl. @throws LimaControlError NOT_RUNNING */
  sshConfig(options?: CallOptions): Promise<SshConfig>;
  /**
   * Gives our terminal to a shell or a command in the guest and returns its status.
   *
   * @throws LimaControlError GUEST_UNREACHABLE, NOT_RUNNING
   */
  shell(options?: ShellOptions): Promise<number>;
  /** Waits until the probe is ready. @throws LimaControlError PROBE_FAILED, PROBE_TIMEOUT, NOT_RUNNING, ABORTED */
  waitFor(probe: Probe, options?: WaitForOptions): Promise<void>;
  /** Stops it, by force when it does not in time. @throws LimaControlError STOP_FAILED, INSTANCE_BUSY */
  stop(options?: StopOptions): Promise<StoppedVm>;
  /**
   * Saves its state, memory and disk, and ends it: its next start, and that of each clone of it, goes on from there and need
   * not boot. The guest takes on the name and the disk of the instance in which it goes on; a program that ran goes on running,
   * with what it knew. Only with QEMU, without mounts, additional disks and networks, and in a guest of ours or of cloud-init. A
   * start after its template, limactl, QEMU or the machine changed, or after somebody else started it, boots.
   *
   * @throws LimaControlError SNAPSHOT_IMPOSSIBLE, SNAPSHOT_FAILED, STOP_FAILED, and what {@link RunningVm.tryExec} throws
   */
  suspend(options?: SuspendOptions): Promise<StoppedVm>;
  /**
   * Stops it and starts it again, with nobody in between. It is stopped when the start fails.
   *
   * @throws LimaControlError what `stop` and {@link StoppedVm.start} throw
   */
  restart(options?: RestartOptions): Promise<RunningVm>;
  /**
   * Saves the state of the VM, memory and disk, as what {@link RunningVm.reset} goes back to; some seconds, in which the
   * guest stands still. Only with QEMU and without mounts.
   *
   * @throws LimaControlError SNAPSHOT_IMPOSSIBLE, SNAPSHOT_FAILED, NOT_RUNNING
   */
  saveBaseline(options?: SaveBaselineOptions): Promise<void>;
  /**
   * Brings the VM back to its baseline; without one, an owned VM to the state in which it was launched, by making it anew.
   * When it returns, a command can be run in it.
   *
   * @throws LimaControlError NO_BASELINE, SNAPSHOT_FAILED, what `launch` throws; when the VM is made anew and that fails, it is
   *   gone
   */
  reset(options?: ResetOptions): Promise<ResetWay>;
  /** Kills and deletes it. @throws LimaControlError PROTECTED, INSTANCE_BUSY, DELETE_FAILED */
  delete(options?: DeleteOptions): Promise<void>;
  /** Says that the work with this VM failed, so that one with `keep: "on-failure"` is not deleted at the end. */
  markFailed(): void;
}
