import type { ExecOptions, RunningVm } from "@sysinit/lima-control";

/** What a command gave. */
export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A place inside the VM to run commands in. */
export interface Guest {
  exec(argv: readonly string[], options?: ExecOptions): Promise<CommandResult>;
  /** Only the checks of suites wait for something. */
  waitFor?: RunningVm["waitFor"];
}

/** The image under test. */
export interface ImageUnderTest {
  file: string;
  latestLink: string;
  bytes: number;
  sha256: string;
  generation: number;
}

/** Everything that a check may look at; a stage has what the stages before it had. */
export interface CheckContext {
  signal: AbortSignal;
  env: Readonly<Record<string, string | undefined>>;
  /** The checkout whose files and flake are judged. */
  project?: { directory: string };
  image?: ImageUnderTest;
  guest?: Guest;
  /** What the template mounts from the host. */
  host?: { sshDirectory: string; projectsDirectory: string };
}
