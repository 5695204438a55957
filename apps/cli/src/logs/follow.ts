import { styleText } from "node:util";

import type { RunningVm, StoppedVm } from "@sysinit/lima-control";
import { safeLine } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { journalLines } from "./journal.ts";
import { lastLines } from "./last-lines.ts";

/** The widest of the sources that there are. */
const widestSource = "serialp".length;

/**
 * Shows what every log of a VM gets, as it comes, until Ctrl-C: of the host agent, of the serial consoles, and of the guest's
 * journal while it runs. Begins with the last lines of each.
 */
export async function follow(
  context: CommandContext,
  vm: StoppedVm | RunningVm,
  lines: number,
): Promise<void> {
  const { output, signal } = context;
  const stream = output.stdout;
  const show = (source: string, line: string) => {
    const text = safeLine(line);
    output.data(
      { source, text },
      `${styleText("dim", `${source.padEnd(widestSource)} |`, { stream })} ${text}`,
    );
  };
  const files = (async () => {
    const skipped = lastLines(lines, (file, text) => show(sourceOf(file), text));
    for await (const { file, text } of vm.logs({ follow: true, signal })) skipped.take(file, text);
    skipped.end();
  })();
  const journal =
    vm.state === "running"
      ? journalLines(vm, { lines, signal, onLine: (text) => show("journal", text) })
      : undefined;
  // A guest without a journal, or whose ssh fails, still has its other logs.
  journal?.catch((error: unknown) => {
    if (!signal.aborted) output.say(`the journal cannot be followed: ${(error as Error).message}`);
  });
  await files;
}

/** `ha.stderr.log` is where the host agent logs; its stdout has events. */
function sourceOf(file: string): string {
  if (file === "ha.stderr.log") return "agent";
  if (file === "ha.stdout.log") return "events";
  return file.replace(/\.log$/, "");
}
