import { LimaControlError } from "../failures/lima-control-error.ts";

// How GNU tar and bsdtar end after what they said before.
const saysOnlyThat = /Exiting with failure status|Error exit delayed/;

/** The error of a file that could not be read, written or copied, with what the guest or the system said. */
export function fileFailure(
  what: string,
  why: string,
  init: { hint?: string; details?: Record<string, unknown>; cause?: unknown } = {},
): LimaControlError {
  const lines = why.split("\n").filter((line) => line.trim() !== "");
  const reason = (lines.findLast((line) => !saysOnlyThat.test(line)) ?? lines.at(-1) ?? "").trim();
  return new LimaControlError({
    code: "FILE_FAILED",
    message: `${what}: ${reason === "" ? "no reason was given" : reason}`,
    ...init,
  });
}

/** The error of a file or directory that the guest does not have. */
export function fileNotFound(name: string, path: string): LimaControlError {
  return new LimaControlError({
    code: "FILE_NOT_FOUND",
    message: `there is no ${path} in ${name}, or it may not be seen`,
    hint: 'A file that only root may see is reached with user: "root".',
    details: { instance: name, path },
  });
}

/** What an error of Node's says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
