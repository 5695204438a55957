import { setTimeout as sleep } from "node:timers/promises";

import type { Teller } from "../events/teller.ts";
import { LimaControlError } from "../failures/lima-control-error.ts";
import { find } from "../find.ts";
import { instanceOnDisk } from "../instances/instance-directory.ts";
import { instanceProcesses } from "../instances/processes.ts";
import type { InstanceRecord } from "../instances/instance-record.ts";
import type { LimaContext } from "../lima-context.ts";
import { failureText } from "../limactl/log-line.ts";
import { outcomeDetails } from "../limactl/run-limactl.ts";
import { stopForcibly } from "../limactl/stop.ts";

const settleMs = 10_000;

/**
 * Brings a broken instance to where it can be started. After a crash or a reboot there are pid files and sockets of dead
 * processes, and only `limactl stop -f` removes them. A VM that somebody else is starting looks broken for a moment, so
 * one whose host agent lives gets some time first.
 */
export async function heal(
  context: LimaContext,
  record: InstanceRecord,
  teller: Teller,
): Promise<InstanceRecord> {
  const { name } = record;
  let current: InstanceRecord | undefined = record;
  const deadline = performance.now() + settleMs;
  while (
    current?.status === "Broken" &&
    (await instanceProcesses(current)).length > 0 &&
    performance.now() < deadline
  ) {
    await sleep(500);
    current = await find(context, name);
  }
  if (current === undefined || current.status !== "Broken") return current ?? record;

  teller.tell({
    type: "message",
    level: "warning",
    text: `instance ${name} is broken, removing what dead processes left`,
  });
  const outcome = await stopForcibly(context, name);
  const healed = await find(context, name);
  if (healed !== undefined && healed.status !== "Broken") return healed;
  throw new LimaControlError({
    code: "START_FAILED",
    message: `instance ${name} is broken and limactl stop --force did not mend it: ${record.errors[0] ?? failureText(outcome.stderr)}`,
    // limactl deletes nothing that it cannot read.
    hint:
      (await instanceOnDisk(context.home, name)) === "without-template"
        ? `There is no template in it: remove its directory, ${record.dir}`
        : `Delete it and make it anew: limactl delete --force ${name}`,
    details: { instance: name, dir: record.dir, ...outcomeDetails(outcome) },
  });
}
