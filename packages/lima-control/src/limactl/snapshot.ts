import type { ProcessOutcome } from "@sysinit-internal/process";

import type { LimaContext } from "../lima-context.ts";
import { unquoteGo } from "./go-quoted.ts";
import { limactlFailed, runLimactl, succeeded } from "./run-limactl.ts";

// Saving writes the memory of the VM to its disk.
const timeoutMs = 300_000;

/** `limactl snapshot create` of a VM that runs. It ends with 0 when QEMU refuses: look at the tags afterwards. */
export function createSnapshot(context: LimaContext, name: string, tag: string): Promise<ProcessOutcome> {
  return runLimactl(context, ["snapshot", "create", name, "--tag", tag], { timeoutMs });
}

/** `limactl snapshot apply` to a VM that runs. It ends with 0 when QEMU refuses: look into the guest afterwards. */
export function applySnapshot(context: LimaContext, name: string, tag: string): Promise<ProcessOutcome> {
  return runLimactl(context, ["snapshot", "apply", name, "--tag", tag], { timeoutMs });
}

/** The tags of the snapshots of an instance. @throws LimaControlError LIMACTL_FAILED */
export async function snapshotTags(
  context: LimaContext,
  name: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const outcome = await runLimactl(context, ["snapshot", "list", name, "--quiet"], {
    signal,
    timeoutMs: 60_000,
  });
  // Without any snapshot Lima 1 and 2.0 fail, for want of a header.
  if (!succeeded(outcome) && outcome.reason !== "exited") {
    throw limactlFailed(`the snapshots of ${name} could not be listed`, outcome);
  }
  return outcome.stdout.split("\n").filter((line) => line !== "");
}

// Of all commands `snapshot` alone writes its log as text, whatever --log-format says: its PersistentPreRun stands in for
// that of limactl (cmd/limactl/snapshot.go of Lima 2.2.0, line 34).
const textLine = /\blevel=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)/;

/** What QEMU answered, which limactl passes on as a warning (pkg/driver/qemu/qemu.go, line 190), or why limactl failed. */
export function refusalOf(outcome: Pick<ProcessOutcome, "stderr">): string | undefined {
  return outcome.stderr
    .split("\n")
    .map((line) => {
      const [, level, message = ""] = textLine.exec(line) ?? [];
      const text = unquoteGo(message);
      if (level === "fatal" || level === "error") return text;
      return text.startsWith("output: ") ? text.slice("output: ".length) : undefined;
    })
    .findLast((text) => text !== undefined);
}
