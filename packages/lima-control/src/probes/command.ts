import { oneLine } from "../limactl/log-line.ts";
import type { Probe } from "./probe.ts";

/** Ready when the command ends with status 0. */
export function command(
  argv: readonly string[],
  options: { user?: "root" | undefined; label?: string | undefined } = {},
): Probe {
  return {
    label: options.label ?? `${oneLine(argv.join(" "), 200)} succeeds`,
    async check(vm, signal) {
      const result = await vm.tryExec(argv, { signal, user: options.user });
      if (result.exitCode === 0) return { state: "ready" };
      const said = result.stderr.trim().split("\n").at(-1) ?? "";
      return { state: "pending", detail: `status ${result.exitCode}${said === "" ? "" : `: ${said}`}` };
    },
  };
}
