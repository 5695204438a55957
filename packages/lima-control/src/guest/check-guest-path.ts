import { LimaControlError } from "../failures/lima-control-error.ts";

/** Refuses what is no path of a file in the guest. @throws LimaControlError BAD_ARGUMENT */
export function checkGuestPath(path: string): void {
  if (path.startsWith("/") && !path.endsWith("/") && !path.includes("\0")) return;
  throw new LimaControlError({
    code: "BAD_ARGUMENT",
    message: `a file in the guest is named by an absolute path without a slash at its end, not ${JSON.stringify(path)}`,
    details: { path },
  });
}
