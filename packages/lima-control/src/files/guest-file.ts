import { exec } from "../exec.ts";
import { fileFailure, fileNotFound } from "./file-failure.ts";
import type { FileOptions } from "../handles/options.ts";
import type { LimaContext } from "../lima-context.ts";

/** What there is at a path in the guest; links are followed. */
export type GuestFile = { kind: "file"; mode: number } | { kind: "directory" } | { kind: "absent" };

const script = `
if [ -d "$1" ]; then echo directory
elif [ -f "$1" ]; then echo file "$(stat -L -c %a -- "$1")"
elif [ -e "$1" ]; then echo other
else echo absent; fi`;

/** Looks at a path in the guest. @throws LimaControlError FILE_FAILED for a device, a pipe or a socket */
export async function lookInGuest(
  context: LimaContext,
  name: string,
  path: string,
  { user, signal }: FileOptions,
): Promise<GuestFile> {
  const { stdout } = await exec(context, name, ["/bin/sh", "-c", script, "sh", path], { user, signal });
  const [kind, mode = "644"] = stdout.trim().split(" ");
  if (kind === "directory" || kind === "absent") return { kind };
  if (kind === "file") return { kind, mode: Number.parseInt(mode, 8) & 0o777 };
  throw fileFailure(`${path} in ${name} cannot be copied`, "it is neither a file nor a directory");
}

/** The same, for what has to be there. @throws LimaControlError FILE_NOT_FOUND */
export async function requireInGuest(
  context: LimaContext,
  name: string,
  path: string,
  options: FileOptions,
): Promise<Exclude<GuestFile, { kind: "absent" }>> {
  const found = await lookInGuest(context, name, path, options);
  if (found.kind === "absent") throw fileNotFound(name, path);
  return found;
}
