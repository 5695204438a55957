import { resolve } from "node:path";

import { formatFinding, loadTemplate } from "@sysinit/lima-template";
import { exitCodes } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";

export async function templateValidate(context: CommandContext, file: string | undefined): Promise<number> {
  // The machine's package is loaded only where it is needed: validating a file has to be quick.
  const reading =
    file === undefined
      ? await (await import("@sysinit-internal/machine")).builtInTemplate()
      : await loadTemplate(resolve(context.directory, file), { limactl: "limactl", env: context.env });
  const { findings } = reading;
  const ok = findings.every((finding) => finding.severity !== "error");
  const text = [
    ...findings.map(formatFinding),
    ...(ok ? [`${file ?? "the built-in template"}: OK`] : []),
  ].join("\n");
  context.output.data({ file: file ?? null, ok, findings }, text);
  return ok ? exitCodes.ok : exitCodes.usage;
}
