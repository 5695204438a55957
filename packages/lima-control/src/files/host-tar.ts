import { InputError, runProcess, type ProcessRequest } from "@sysinit-internal/process";

import { fileFailure } from "./file-failure.ts";

/**
 * Runs this machine's tar. GNU tar and bsdtar take the same flags for what is asked of them here; macOS's is told not to
 * make files of extended attributes.
 */
export async function runTar(
  what: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  request: Pick<ProcessRequest, "input" | "onChunk" | "signal">,
): Promise<void> {
  const outcome = await runProcess({
    file: "tar",
    args,
    env: { ...env, COPYFILE_DISABLE: "1" },
    maxOutputBytes: 64 * 1024,
    ...request,
  }).catch((error: unknown) => {
    throw error instanceof InputError ? error.cause : error;
  });
  if (outcome.reason === "exited" && outcome.exitCode === 0) return;
  const why = outcome.reason === "spawn-failed" ? "there is no tar on this machine" : outcome.stderr;
  throw fileFailure(what, why, {
    details: { argv: outcome.argv, exitCode: outcome.exitCode, stderr: outcome.stderr },
  });
}
