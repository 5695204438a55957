import { NixRunnerError } from "../errors.ts";
import type { BuildMachine } from "./build-machine.ts";

/** A directory on a build machine, for one build: its flake and its out-link. */
export interface Workspace {
  path: string;
  /** Takes it away; never fails, since the machine may be gone. */
  remove(): Promise<void>;
}

// Not /tmp, which may be memory.
const template = "/var/tmp/sysinit-build-XXXXXXXX";

/** Makes a directory on a build machine. @throws NixRunnerError MACHINE_FAILED */
export async function makeWorkspace(machine: BuildMachine, signal: AbortSignal): Promise<Workspace> {
  const { exitCode, stdout, stderr } = await machine.run(["mktemp", "-d", template], { signal });
  const path = stdout.trim();
  if (exitCode !== 0 || !path.startsWith("/")) {
    throw new NixRunnerError({
      code: "MACHINE_FAILED",
      message: `no directory can be made on ${machine.name}: ${stderr.trim().split("\n")[0] || `status ${exitCode}`}`,
      hint: "see that its disk has space and may be written to",
      details: { machine: machine.name, exitCode, stderr },
    });
  }
  return {
    path,
    remove: async () => {
      await machine.run(["rm", "-rf", "--", path], {}).catch(() => {});
    },
  };
}
