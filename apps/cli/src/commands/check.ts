import { checks, runChecks, type CheckResult } from "@sysinit-internal/acceptance";
import { hostMounts, readMachineTemplate } from "@sysinit-internal/machine";
import { exitCodes, renderTable, terminalWidth } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { runningVm } from "../running-vm.ts";
import { targetOf } from "../target.ts";

export async function check(context: CommandContext, wanted: string | undefined): Promise<number> {
  const { output, env, signal } = context;
  const { name } = await targetOf(context, wanted);
  const vm = await runningVm(context, name);
  const mounts = hostMounts(await readMachineTemplate(`${vm.dir}/lima.yaml`), env);
  const step = output.step(`check ${name}`);
  const results = await runChecks({
    checks: checks.filter(({ stage }) => stage === "guest"),
    context: {
      signal,
      env,
      guest: { exec: (argv, options) => vm.tryExec(argv, options) },
      ...(mounts && { host: mounts }),
    },
    onStart: ({ title }) => step.update(title),
  });
  const bad = results.filter(({ verdict }) => verdict === "fail" || verdict === "error");
  if (bad.length === 0) step.done(`${results.length} checks`);
  else step.failed(`${bad.length} of ${results.length} checks`);
  output.list(results, checkTable(results, terminalWidth(output.stdout)));
  return bad.length === 0 ? exitCodes.ok : exitCodes.failed;
}

function checkTable(results: readonly CheckResult[], width?: number): string {
  return renderTable<CheckResult>(
    [
      { title: "VERDICT", text: ({ verdict }) => verdict },
      { title: "CHECK", text: ({ id }) => id },
      { title: "SECONDS", text: ({ seconds }) => seconds.toFixed(1), align: "right" },
      { title: "EVIDENCE", text: ({ evidence }) => evidence.split("\n")[0] ?? "" },
    ],
    results,
    width,
  );
}
