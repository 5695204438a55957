import type { BootTimeline, Excerpt } from "@sysinit-internal/acceptance";
import { isCodedError } from "@sysinit-internal/errors";
import { Interrupted, safeLine, type Output } from "@sysinit-internal/terminal";

import type { ArtifactFolder } from "./artifact-folder.ts";
import { bootPlot } from "./boot-plot.ts";

/** Keeps what was said, the log files that an error names and how the VM came up; says where they are. */
export async function keepEvidence(
  output: Output,
  artifacts: ArtifactFolder,
  evidence: { error?: unknown; boot?: BootTimeline | undefined },
): Promise<void> {
  const { error, boot } = evidence;
  if (error instanceof Interrupted) return;
  artifacts.beginRound(undefined);
  const log = await artifacts.write("lima-ci.log", `${output.transcript().join("\n")}\n`);
  output.stderr.write(`log: ${log}\n`);
  if (boot !== undefined) await artifacts.write("boot-plot.svg", bootPlot(boot));
  const logs = isCodedError(error) ? error.details["logs"] : undefined;
  if (Array.isArray(logs)) await artifacts.copy(logs.map(String));
}

const parts: [key: string, title: string][] = [
  ["logTail", "build log"],
  ["qemu", "QEMU"],
  ["hostAgent", "host agent"],
  ["guest", "guest"],
  ["console", "serial console"],
];
const mostLines = 60;

/** The ends of logs that an error brings along. */
export function excerptsOf(error: unknown): Excerpt[] {
  if (!isCodedError(error)) return [];
  return parts.flatMap(([key, title]) => {
    const lines = error.details[key];
    if (!Array.isArray(lines) || lines.length === 0) return [];
    return [
      {
        title,
        text: lines
          .slice(-mostLines)
          .map((line) => safeLine(String(line)))
          .join("\n"),
      },
    ];
  });
}
