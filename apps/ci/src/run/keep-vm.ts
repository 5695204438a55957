import type { AcceptanceRun } from "./acceptance-run.ts";

/** Says how to get into a VM that stays, and how to be rid of it, as lines to paste. */
export function keepVm(run: AcceptanceRun, limaHome: string): void {
  const { instance, env, app } = run;
  const elsewhere = env["LIMA_HOME"] === undefined ? "" : `LIMA_HOME=${quoted(limaHome)} `;
  const limactl = run.options.limactl?.find((file) => file.includes("/")) ?? "limactl";
  const line = (verb: string) => `${elsewhere}${quoted(limactl)} ${verb} ${quoted(instance)}`;
  run.kept = line("shell");
  app.output.say(`kept: ${run.kept}`);
  for (const row of ["vm.stop", "vm.delete"]) {
    run.recorder.action(row, { verdict: "skip", evidence: `kept: ${run.kept}` }, 0);
  }
  app.output.say(`when you are done: ${line("delete --force")}`);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
