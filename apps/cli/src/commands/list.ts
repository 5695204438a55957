import type { InstanceRecord } from "@sysinit/lima-control";
import { formatBytes, renderTable } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";

export async function list(context: CommandContext): Promise<void> {
  const instances = await limaOf(context).list({ signal: context.signal });
  if (instances.length === 0) context.output.say(`no instances in ${limaOf(context).home}`);
  const table = renderTable<InstanceRecord>(
    [
      { title: "NAME", text: (instance) => instance.name },
      { title: "STATUS", text: (instance) => instance.status },
      { title: "TYPE", text: (instance) => instance.vmType },
      { title: "ARCH", text: (instance) => instance.arch },
      { title: "CPUS", text: (instance) => String(instance.cpus), align: "right" },
      { title: "MEMORY", text: (instance) => formatBytes(instance.memoryBytes), align: "right" },
      { title: "DISK", text: (instance) => formatBytes(instance.diskBytes), align: "right" },
      { title: "DIRECTORY", text: (instance) => instance.dir },
    ],
    instances,
  );
  context.output.list(instances, instances.length === 0 ? "" : table);
}
