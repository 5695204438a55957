import { fail, pass, skip, type Judgement } from "../check.ts";
import type { CheckContext, CommandResult } from "../context.ts";
import { hostCommand, lastLine } from "../host-command.ts";
import { projectCheck } from "../project-check.ts";

const section = "Flake Integration";
// Fetching and evaluating nixpkgs for the first time.
const timeoutMs = 600_000;

export const flakeConfiguration = projectCheck(
  {
    id: "flake.configuration",
    section,
    title: "`nixosConfigurations.lima-minimal` added to flake outputs",
    timeoutMs,
  },
  (directory, context) =>
    onNixpkgs(directory, context, [
      "eval",
      "--raw",
      ".#nixosConfigurations.lima-minimal.config.system.build.toplevel.drvPath",
    ]),
);

export const flakeImage = projectCheck(
  { id: "flake.image", section, title: "`packages.aarch64-darwin.lima-minimal-image` buildable", timeoutMs },
  (directory, context) =>
    onNixpkgs(directory, context, ["eval", "--raw", ".#packages.aarch64-darwin.lima-minimal-image.drvPath"]),
);

export const flakeCheck = projectCheck(
  { id: "flake.check", section, title: "`nix flake check` passes", timeoutMs },
  (directory, context) => onNixpkgs(directory, context, ["flake", "check", "--no-build"]),
);

export const flakeValidate = projectCheck(
  { id: "flake.validate", section, title: "`task nix:validate` passes", timeoutMs },
  async (directory, context) => {
    // The task is one line, so the row can be judged where go-task is not installed.
    const validated = await hostCommand(["./hack/nix-validate"], context, directory);
    return validated.exitCode === 0
      ? pass(`hack/nix-validate, which the task runs: ${lastLine(validated)}`)
      : fail(lastLine(validated));
  },
);

/** Runs nix on the project's flake; its input nixpkgs has to be fetched, which is not possible everywhere. */
async function onNixpkgs(directory: string, context: CheckContext, args: string[]): Promise<Judgement> {
  const features = ["--extra-experimental-features", "nix-command flakes"];
  const limits = ["--option", "connect-timeout", "15", "--option", "download-attempts", "2"];
  const result = await hostCommand(["nix", ...features, ...limits, ...args], context, directory);
  return couldNotFetch(result) ? skip(`nixpkgs cannot be had: ${whyOf(result)}`) : judged(result);
}

/** Whether an input's server was not reached, or did not let us. That it has no such thing is a fault of the flake. */
function couldNotFetch({ exitCode, stderr }: CommandResult): boolean {
  return exitCode !== 0 && stderr.includes("while fetching the input") && !/HTTP error 404/.test(stderr);
}

function judged(result: CommandResult): Judgement {
  return result.exitCode === 0 ? pass(lastLine(result)) : fail(whyOf(result));
}

/** What nix calls the error; below it may stand where in the flake that is. */
function whyOf(result: CommandResult): string {
  return [...result.stderr.matchAll(/^\s*error: (.+)$/gm)].at(-1)?.[1] ?? lastLine(result);
}
