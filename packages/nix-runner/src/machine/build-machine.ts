/** How a command on a build machine ended. */
export interface MachineCommandResult {
  /** Its own status; 127 when there is no such command. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * A machine with nix that runs commands for us, as a VM: it needs nothing of ours. What these functions throw comes back to the
 * caller unchanged.
 */
export interface BuildMachine {
  /** For messages, as "VM work". */
  name: string;
  /** Runs a command there, without a shell, with closed stdin. Aborting ends it there as well. Does not reject for its status. */
  run(
    argv: readonly string[],
    options: {
      signal?: AbortSignal | undefined;
      onLine?: ((line: string, stream: "stdout" | "stderr") => void) | undefined;
    },
  ): Promise<MachineCommandResult>;
  /** Copies a directory of this machine to a path there that does not exist. */
  copyIn(path: string, machinePath: string, options: { signal?: AbortSignal | undefined }): Promise<void>;
  /** Copies a file from there to a path of this machine that does not exist. What is left of a copy that fails it removes. */
  copyOut(machinePath: string, path: string, options: { signal?: AbortSignal | undefined }): Promise<void>;
}
