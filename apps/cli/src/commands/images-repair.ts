import { imagesDirectory, repairStore, type RepairFinding } from "@sysinit/image-store";
import { during, narrateStore } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";

export async function imagesRepair(
  context: CommandContext,
  { dryRun = false }: { dryRun?: boolean },
): Promise<void> {
  const { output, signal } = context;
  const directory = imagesDirectory(context);
  const step = output.step(`${dryRun ? "look through" : "repair"} ${directory}`);
  const repair = () => repairStore({ directory, dryRun, signal, onEvent: narrateStore(step) });
  const { findings } = await during(step, repair, (result) => describe(result.findings));
  output.list(
    findings.map((finding) => ({ ...(dryRun && { dryRun }), ...finding })),
    findings.map((finding) => lineOf(finding, dryRun)).join("\n"),
  );
}

function describe(findings: readonly RepairFinding[]): string {
  return findings.length === 0 ? "all is as it should be" : `${findings.length} found`;
}

function lineOf({ path, problem, remedy, repaired }: RepairFinding, dryRun: boolean): string {
  const mark = !repaired ? "for you" : dryRun ? "would be repaired" : "repaired";
  return `${path}: ${problem}\n  ${mark}: ${remedy}`;
}
