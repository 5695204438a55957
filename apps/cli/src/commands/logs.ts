import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { safeLine } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";
import { targetOf } from "../target.ts";

export async function logs(
  context: CommandContext,
  wanted: string | undefined,
  options: { lines: number },
): Promise<void> {
  const { name } = await targetOf(context, wanted);
  const vm = await limaOf(context).attach(name, { signal: context.signal });
  for (const file of await vm.logFiles()) {
    const text = await readFile(file, "utf8");
    const lines = text.trimEnd().split("\n").slice(-options.lines).map(safeLine);
    context.output.data({ file, lines }, `==> ${basename(file)} (${file})\n${lines.join("\n")}\n`);
  }
}
