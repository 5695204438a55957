import type { InstanceRecord } from "@sysinit/lima-control";
import { machineFacts, type MachineFacts } from "@sysinit-internal/machine";
import { formatDuration } from "@sysinit-internal/project";
import { formatBytes, renderTable, terminalWidth } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";

type Row = InstanceRecord & MachineFacts;

export async function list(context: CommandContext): Promise<void> {
  const records = await limaOf(context).list({ signal: context.signal });
  const instances: Row[] = await Promise.all(
    records.map(async (instance) => ({ ...instance, ...(await machineFacts(instance)) })),
  );
  const now = Date.now();
  if (instances.length === 0) context.output.say(`no instances in ${limaOf(context).home}`);
  const table = renderTable<Row>(
    [
      { title: "NAME", text: (instance) => instance.name },
      { title: "STATUS", text: (instance) => instance.status },
      { title: "TYPE", text: (instance) => instance.vmType, spare: true },
      { title: "ARCH", text: (instance) => instance.arch, spare: true },
      { title: "CPUS", text: (instance) => String(instance.cpus), align: "right", spare: true },
      { title: "MEMORY", text: (instance) => formatBytes(instance.memoryBytes), align: "right", spare: true },
      { title: "DISK", text: (instance) => formatBytes(instance.diskBytes), align: "right", spare: true },
      {
        title: "AGE",
        text: ({ createdAt }) => (createdAt ? formatDuration(now - createdAt.getTime()) : "-"),
        align: "right",
      },
      { title: "LEFT", text: (instance) => timeLeft(instance, now), align: "right" },
      { title: "OWNER", text: ({ owner = "-" }) => owner },
      { title: "DIRECTORY", text: (instance) => instance.dir, spare: true },
    ],
    instances,
    terminalWidth(context.output.stdout),
  );
  context.output.list(instances, instances.length === 0 ? "" : table);
}

function timeLeft({ expiresAt, isOver }: MachineFacts, now: number): string {
  if (expiresAt === undefined) return "-";
  return isOver ? "over" : formatDuration(expiresAt.getTime() - now);
}
