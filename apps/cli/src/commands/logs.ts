import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { safeLine } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";
import { targetOf } from "../target.ts";

export async function logs(
  context: CommandContext,
  wanted: string | undefined,
  options: { lines: number; follow?: boolean },
): Promise<void> {
  const { output, signal } = context;
  const { name } = await targetOf(context, wanted);
  const vm = await limaOf(context).attach(name, { signal });
  if (options.follow) return (await import("../logs/follow.ts")).follow(context, vm, options.lines);
  for (const file of await vm.logFiles()) {
    const text = await readFile(file, "utf8");
    const lines = text.trimEnd().split("\n").slice(-options.lines).map(safeLine);
    output.data({ file, lines }, `==> ${basename(file)} (${file})\n${lines.join("\n")}\n`);
  }
}
