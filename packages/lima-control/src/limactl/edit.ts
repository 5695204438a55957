import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ProcessOutcome } from "@sysinit-internal/process";

import { LimaControlError } from "../failures/lima-control-error.ts";
import type { LimaContext } from "../lima-context.ts";
import { runLimactl } from "./run-limactl.ts";

/**
 * `limactl edit --set`. limactl writes a template that it refuses into its working directory (cmd/limactl/edit.go of
 * Lima), which is therefore one that goes away.
 */
export async function editStopped(
  context: LimaContext,
  name: string,
  expression: string,
): Promise<ProcessOutcome> {
  const cwd = await mkdtemp(join(tmpdir(), "sysinit-lima-edit-")).catch((cause: Error) => {
    throw new LimaControlError({
      code: "EDIT_REFUSED",
      message: `there is no room for limactl to edit ${name} in: ${cause.message}`,
      hint: "Set TMPDIR to a directory that can be written to.",
      details: { instance: name },
      cause,
    });
  });
  try {
    return await runLimactl(context, ["edit", name, "--set", expression], { cwd, timeoutMs: 60_000 });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
