import { LimaControlError } from "./lima-control-error.ts";

const hints: Readonly<Record<string, string>> = {
  ENOSPC: "Free some space on that disk.",
  ENOTDIR: "Set LIMA_HOME to a directory.",
  ENAMETOOLONG: "Set LIMA_HOME to a directory with a shorter path.",
};

/** The error of a LIMA_HOME that does not take our files, or that cannot be read. */
export function homeUnusable(
  home: string,
  cause: unknown,
  what: "written to" | "read" = "written to",
): LimaControlError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new LimaControlError({
    code: "LIMA_HOME_UNUSABLE",
    message: `LIMA_HOME ${home} cannot be ${what}: ${code ?? message}`,
    hint:
      hints[code ?? ""] ??
      `Make it ${what === "read" ? "readable" : "writable"}, or set LIMA_HOME to another directory.`,
    details: { home },
    cause,
  });
}
