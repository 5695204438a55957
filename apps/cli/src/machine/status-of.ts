import { imagesDirectory } from "@sysinit/image-store";
import type { InstanceRecord } from "@sysinit/lima-control";
import { machineFacts, readMachineRecord, type Change } from "@sysinit-internal/machine";
import { isCodedError } from "@sysinit-internal/errors";
import { formatDuration } from "@sysinit-internal/project";
import { formatBytes } from "@sysinit-internal/terminal";

import type { CommandContext } from "../command-context.ts";
import { limaOf } from "../lima.ts";
import type { Target } from "../target.ts";
import { changesSince } from "./changes-since.ts";
import { planOf } from "./plan.ts";
import { changeLines } from "./say-changes.ts";

/** How a VM is, as data and for people. */
export async function statusOf(
  context: CommandContext,
  target: Target,
): Promise<{ data: object; text: string }> {
  const vm = await limaOf(context).attach(target.name, { signal: context.signal });
  const instance = await vm.inspect({ signal: context.signal });
  const facts = await machineFacts(instance);
  const { changes, unknown } = await changesOf(context, target, instance);
  const age = facts.createdAt && formatDuration(Date.now() - facts.createdAt.getTime());
  const lines = [
    `name       ${instance.name}`,
    `status     ${instance.status}`,
    `machine    ${instance.vmType} ${instance.arch}, ${instance.cpus} CPUs, ${formatBytes(instance.memoryBytes)} memory, ${formatBytes(instance.diskBytes)} disk`,
    `directory  ${instance.dir}`,
    ...(facts.owner === undefined ? [] : [`owner      ${facts.owner}`]),
    ...(age === undefined ? [] : [`age        ${age}`]),
    ...(facts.expiresAt === undefined
      ? []
      : [`until      ${facts.expiresAt.toISOString()}${facts.isOver ? " (over)" : ""}`]),
    ...instance.errors.map((text) => `error      ${text}`),
    ...changeLines(changes).map((text) => `changed    ${text}`),
    ...(unknown === undefined ? [] : [`changed    unknown: ${unknown}`]),
  ];
  return { data: { ...instance, ...facts, changes }, text: lines.join("\n") };
}

/** What has changed since it was made. Settings with errors must not hide how the VM is. */
async function changesOf(
  context: CommandContext,
  target: Target,
  { name, dir }: InstanceRecord,
): Promise<{ changes: Change[]; unknown?: string }> {
  const record = await readMachineRecord(name, dir);
  if (record === undefined) return { changes: [] };
  try {
    const plan = await planOf(context, target, {});
    return { changes: await changesSince(plan, record.madeOf, imagesDirectory(context)) };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { changes: [], unknown: error.message };
  }
}
