import { isAbsolute, join } from "node:path";

import { FilesError } from "./files-error.ts";

/**
 * Where state that outlives a run is kept: `$XDG_STATE_HOME/sysinit-lima`, by default
 * `~/.local/state/sysinit-lima`. A relative XDG_STATE_HOME is ignored, as the XDG Base Directory Specification asks.
 *
 * @throws FilesError HOME_UNSET
 */
export function stateDirectory(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const { XDG_STATE_HOME: stateHome, HOME: home } = env;
  if (stateHome !== undefined && isAbsolute(stateHome)) return join(stateHome, "sysinit-lima");
  if (home !== undefined && isAbsolute(home)) return join(home, ".local/state/sysinit-lima");
  throw new FilesError({
    code: "HOME_UNSET",
    message: "no state directory is known: neither XDG_STATE_HOME nor HOME is set to an absolute path",
    hint: "Set HOME to your home directory.",
  });
}
