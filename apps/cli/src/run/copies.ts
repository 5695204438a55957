import { existsSync } from "node:fs";
import { basename, dirname, posix, resolve } from "node:path";

import { ProjectError } from "@sysinit-internal/project";

/** A copy between this machine and the guest. */
export interface Copy {
  host: string;
  /** Relative ones start where the command starts. */
  guest: string;
}

/** Reads `PATH[:GUEST]` of `--copy-in`. Throws BAD_SETTING for a path that is not there. */
export function copyIn(text: string, directory: string): Copy {
  const [path, given] = halves(text);
  const host = resolve(directory, path);
  if (path === "" || !existsSync(host)) throw bad("--copy-in", text, `there is no ${host}`);
  return { host, guest: given ?? basename(host) };
}

/** Reads `GUEST[:PATH]` of `--copy-out`. Throws BAD_SETTING where the copy could not be made. */
export function copyOut(text: string, directory: string): Copy {
  const [guest, given] = halves(text);
  const host = resolve(directory, given ?? posix.basename(guest));
  if (guest === "") throw bad("--copy-out", text, "a path of the guest is wanted");
  if (!existsSync(dirname(host))) throw bad("--copy-out", text, `there is no folder ${dirname(host)}`);
  return { host, guest };
}

function halves(text: string): [string, string | undefined] {
  const colon = text.indexOf(":");
  return colon === -1 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}

function bad(flag: string, text: string, why: string): ProjectError {
  return new ProjectError({
    code: "BAD_SETTING",
    message: `${flag} ${JSON.stringify(text)}: ${why}`,
    details: { flag, value: text },
  });
}
