import type { ProcessOutcome } from "@sysinit-internal/process";

import { LimaControlError } from "../failures/lima-control-error.ts";
import type { LimaContext } from "../lima-context.ts";
import { listInstances } from "../limactl/list.ts";
import { failureText } from "../limactl/log-line.ts";

/** Finds out why a call into the guest ended without the status of its command. */
export async function whyUnreachable(
  context: LimaContext,
  name: string,
  argv: readonly string[],
  outcome: Pick<ProcessOutcome, "exitCode" | "stderr">,
  user: "root" | undefined,
): Promise<LimaControlError> {
  const details = {
    instance: name,
    argv,
    exitCode: outcome.exitCode,
    stderr: outcome.stderr.split("\n").slice(-20),
  };
  const program = argv[0] ?? "a shell";
  const [record] = await listInstances(context, [name]);
  if (record === undefined) {
    return new LimaControlError({
      code: "INSTANCE_NOT_FOUND",
      message: `${program} was not run: there is no instance ${name}`,
      hint: "limactl list shows those that there are.",
      details,
    });
  }
  if (record.status !== "Running") {
    return new LimaControlError({
      code: "NOT_RUNNING",
      message: `${program} was not run: instance ${name} does not run (${record.status || "unknown status"})`,
      hint: `Start it with: limactl start ${name}`,
      details,
    });
  }
  if (user === "root" && /\bsudo\b/.test(outcome.stderr)) {
    return new LimaControlError({
      code: "SUDO_REFUSED",
      message: `${program} in ${name} was not run as root: ${failureText(outcome.stderr)}`,
      hint: "The guest must let its user run sudo without a password.",
      details,
    });
  }
  const whose = outcome.exitCode === 255 ? "ssh failed" : `the call ended with status ${outcome.exitCode}`;
  return new LimaControlError({
    code: "GUEST_UNREACHABLE",
    message: `${program} in ${name} did not report its status: ${whose}: ${failureText(outcome.stderr)}`,
    details,
  });
}
