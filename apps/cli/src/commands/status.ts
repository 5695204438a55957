import { formatBytes } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";
import { targetOf } from "../target.ts";

export async function status(context: CommandContext, name: string | undefined): Promise<void> {
  const target = await targetOf(context, name);
  const vm = await limaOf(context).attach(target.name, { signal: context.signal });
  const instance = await vm.inspect({ signal: context.signal });
  const lines = [
    `name       ${instance.name}`,
    `status     ${instance.status}`,
    `machine    ${instance.vmType} ${instance.arch}, ${instance.cpus} CPUs, ${formatBytes(instance.memoryBytes)} memory, ${formatBytes(instance.diskBytes)} disk`,
    `directory  ${instance.dir}`,
    ...instance.errors.map((text) => `error      ${text}`),
  ];
  context.output.data(instance, lines.join("\n"));
}
