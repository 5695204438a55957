import { askVersion } from "../detect-nix.ts";
import { NixRunnerError } from "../errors.ts";
import type { NixCommand, NixOutcome } from "../nix/nix-command.ts";
import type { BuildMachine } from "./build-machine.ts";

/** As for the nix of this machine: in English, and nobody is there to answer. */
const variables = ["LC_ALL=C.UTF-8", "NO_COLOR=1", "GIT_TERMINAL_PROMPT=0", "SSH_ASKPASS_REQUIRE=never"];

/** The nix of another machine. `translate` turns what it says into words that make sense here. */
export function machineNix(
  machine: BuildMachine,
  translate: (text: string) => string = (text) => text,
): NixCommand {
  return async (args, { signal, timeoutMs, onLine }) => {
    const argv = ["env", ...variables, "nix", ...args];
    const limit = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    const ending = [signal, limit].filter((one) => one !== undefined);
    const outcome: Omit<NixOutcome, "reason"> = {
      argv,
      exitCode: undefined,
      signal: undefined,
      spawnErrorCode: undefined,
      stdout: "",
      stderr: "",
    };
    try {
      const { exitCode, stdout, stderr } = await machine.run(argv, {
        signal: ending.length === 0 ? undefined : AbortSignal.any(ending),
        onLine: onLine && ((line, stream) => stream === "stderr" && onLine(translate(line))),
      });
      return { ...outcome, reason: "exited", exitCode, stdout, stderr };
    } catch (error) {
      if (signal?.aborted) return { ...outcome, reason: "aborted" };
      if (limit?.aborted) return { ...outcome, reason: "timed-out" };
      throw error;
    }
  };
}

/** The version of a machine's nix. @throws NixRunnerError NIX_NOT_FOUND, NIX_TOO_OLD, NIX_UNUSABLE, ABORTED */
export async function askMachineVersion(machine: BuildMachine, signal: AbortSignal): Promise<string> {
  const nix = machineNix(machine);
  const { version } = await askVersion({ nix, signal }, machine.name).catch((error: unknown) => {
    if (!NixRunnerError.is(error, "NIX_UNUSABLE") || error.details["exitCode"] !== 127) throw error;
    throw new NixRunnerError({
      code: "NIX_NOT_FOUND",
      message: `${machine.name} has no nix`,
      hint: "use a VM with nix, as one of this project's images",
      details: { machine: machine.name },
    });
  });
  return version;
}
