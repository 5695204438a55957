import { resolve } from "node:path";

import { loadTemplate } from "@sysinit/lima-template";

import type { CommandContext } from "../command-context.ts";
import { verdictOn } from "../verdict.ts";

export async function templateValidate(context: CommandContext, file: string | undefined): Promise<number> {
  // The machine's package is loaded only where it is needed: validating a file has to be quick.
  const { findings } =
    file === undefined
      ? await (await import("@sysinit-internal/machine")).builtInTemplate()
      : await loadTemplate(resolve(context.directory, file), { limactl: "limactl", env: context.env });
  const { value, text, exitCode } = verdictOn(findings, file);
  context.output.data(value, text);
  return exitCode;
}
