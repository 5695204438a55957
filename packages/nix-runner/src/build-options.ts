import { statSync } from "node:fs";

import { NixRunnerError } from "./errors.ts";
import type { BuildEvent } from "./events/build-event.ts";
import type { Environment } from "./nix/environment.ts";
import { whyNotInstallable } from "./nix/installable.ts";

export interface BuildOptions {
  /**
   * What to build, as `FLAKE#ATTRIBUTE`: `.#image`, `/home/me/flake#image`, `path:…#image`, `github:owner/repository#image`; or a
   * `.drv` in the store. Without `^OUTPUT` its output `out` is built.
   */
  installable: string;
  /** Where a relative flake is looked for; default: the working directory of this process. */
  cwd?: string | undefined;
  /**
   * Where garbage collector roots (`roots/`) and the times of earlier builds (`build-history.json`) are kept; default
   * `${XDG_STATE_HOME:-~/.local/state}/sysinit-lima`.
   */
  stateDirectory?: string | undefined;
  /** Path or name of the nix program; by default it is looked for as `detectNix` does. */
  nix?: string | undefined;
  /**
   * Lets the root of the result outlive this process, until it is given to `releaseRoot`. Default: false, a later build removes
   * the roots of processes that are gone.
   */
  keepRoot?: boolean | undefined;
  /** Ends the build after this many milliseconds; default: no limit. */
  timeoutMs?: number | undefined;
  /** Whether `timeoutMs` counts the time in which nix only waits for another build or a free builder. Default: false. */
  countWaiting?: boolean | undefined;
  /** Ends a builder that writes nothing for this many milliseconds (nix counts whole seconds); default: nix's own setting. */
  maxSilentMs?: number | undefined;
  /** Settings of nix.conf for this build, as `{ "max-jobs": "1" }`. */
  nixOptions?: Readonly<Record<string, string>> | undefined;
  /** Default: the environment of this process. nix gets it without the variables that lead it astray. */
  env?: Environment | undefined;
  /** Aborting ends nix and its builders: SIGINT, again after 2 s, SIGTERM after 10 s, SIGKILL after 5 s more. */
  signal?: AbortSignal | undefined;
  onEvent?: ((event: BuildEvent) => void) | undefined;
}

// What a timer can hold.
const longestMs = 2 ** 31 - 1;

/** Refuses what cannot be meant, before anything is started or written. */
export function checkBuildOptions(options: BuildOptions): void {
  const { installable, cwd, nixOptions = {} } = options;
  const problem = whyNotInstallable(installable);
  if (problem !== undefined) {
    throw new NixRunnerError({
      code: "BAD_INSTALLABLE",
      message: `${JSON.stringify(installable)} cannot be built: ${problem.why}`,
      hint: problem.hint,
      details: { installable },
    });
  }
  for (const name of ["timeoutMs", "maxSilentMs"] as const) {
    const value = options[name];
    if (value !== undefined && !(value > 0 && value <= longestMs)) {
      throw badOption(name, `${value} is no number of milliseconds between 1 and ${longestMs}`);
    }
  }
  for (const [name, value] of Object.entries(nixOptions)) {
    if (!/^[a-z][a-z0-9-]*$/.test(name))
      throw badOption("nixOptions", `${JSON.stringify(name)} is no name of a nix setting`);

    if (/[\u0000-\u001f\u007f]/.test(value))
      throw badOption("nixOptions", `the value of ${name} holds a control character`);
  }
  if (cwd !== undefined && statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw badOption("cwd", `${cwd} is not a directory`);
  }
}

function badOption(option: string, why: string): NixRunnerError {
  return new NixRunnerError({
    code: "BAD_OPTION",
    message: `option ${option} cannot be used: ${why}`,
    details: { option },
  });
}
