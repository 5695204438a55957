import { join } from "node:path";

import { NixRunnerError } from "../errors.ts";
import type { Environment } from "../nix/environment.ts";

/** Where this package keeps its state by default: `${XDG_STATE_HOME:-~/.local/state}/sysinit-lima`. */
export function defaultStateDirectory(env: Environment): string {
  const { XDG_STATE_HOME: state, HOME: home } = env;
  if (state?.startsWith("/")) return join(state, "sysinit-lima");
  if (home?.startsWith("/")) return join(home, ".local/state/sysinit-lima");
  throw new NixRunnerError({
    code: "HOME_UNSET",
    message:
      "there is no place to keep the build's garbage collector root: neither XDG_STATE_HOME nor HOME is set",
    hint: "set HOME, or pass stateDirectory",
  });
}
