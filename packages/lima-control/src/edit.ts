import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { createTeller } from "./events/teller.ts";
import { throwIfAborted } from "./failures/aborted.ts";
import { LimaControlError } from "./failures/lima-control-error.ts";
import { requireInstance, requireStopped } from "./find.ts";
import type { TemplateValue, InstanceChanges } from "./handles/instance-changes.ts";
import type { CallOptions } from "./handles/options.ts";
import type { InstanceRecord } from "./instances/instance-record.ts";
import type { LimaContext } from "./lima-context.ts";
import { editStopped } from "./limactl/edit.ts";
import { failureText } from "./limactl/log-line.ts";
import { outcomeDetails, succeeded } from "./limactl/run-limactl.ts";
import { withInstanceLock } from "./locks/instance-lock.ts";

/** Changes the template of a stopped instance; see `StoppedVm.edit`. */
export async function edit(
  context: LimaContext,
  name: string,
  changes: InstanceChanges,
  { signal }: CallOptions = {},
): Promise<InstanceRecord> {
  const expression = editExpression(changes);
  const teller = createTeller(name, context.onEvent);
  return await withInstanceLock(context, name, { teller, signal }, async () => {
    const { dir } = await requireStopped(context, name, "edited", signal);
    throwIfAborted(`editing ${name}`, signal);
    const template = join(dir, "lima.yaml");
    const before = await readFile(template, "utf8").catch((cause: Error) => {
      throw new LimaControlError({
        code: "EDIT_REFUSED",
        message: `${name} has no template that could be edited: ${cause.message}`,
        details: { instance: name, template },
        cause,
      });
    });
    const outcome = await editStopped(context, name, expression);
    if (succeeded(outcome)) return await requireInstance(context, name);
    throw new LimaControlError({
      code: "EDIT_REFUSED",
      message: `limactl refuses the changes of ${name}: ${failureText(outcome.stderr)}`,
      details: {
        instance: name,
        expression,
        unchanged: before === (await readFile(template, "utf8")),
        ...outcomeDetails(outcome),
      },
    });
  });
}

/** The changes as an expression for yq, which limactl has inside. @throws LimaControlError BAD_ARGUMENT */
export function editExpression({ cpus, memoryBytes, diskBytes, set = {} }: InstanceChanges): string {
  const fields: Record<string, TemplateValue> = { ...set };
  if (cpus !== undefined) fields["cpus"] = positive("cpus", cpus);
  // A size without a unit is one in bytes (go-units, RAMInBytes).
  if (memoryBytes !== undefined) fields["memory"] = String(positive("memoryBytes", memoryBytes));
  if (diskBytes !== undefined) fields["disk"] = String(positive("diskBytes", diskBytes));
  if (Object.keys(fields).length === 0) throw badArgument("an edit needs something to change");
  return Object.entries(fields)
    .map(([path, value]) => `${yqPath(path)} = ${yqValue(path, value)}`)
    .join(" | ");
}

function yqPath(path: string): string {
  const keys = path.split(".");
  if (keys.some((key) => !/^[A-Za-z0-9_]+$/.test(key))) {
    throw badArgument(`${JSON.stringify(path)} is no path of a field: its keys hold letters, digits and _`);
  }
  return keys.map((key) => `.["${key}"]`).join("");
}

// yq's own texts have escapes and interpolation; base64 has nothing that it could take for code.
function yqValue(path: string, value: TemplateValue): string {
  const json = asJson(value);
  if (json === undefined) throw badArgument(`${path} cannot be set to ${typeof value}, which is no data`);
  return `("${Buffer.from(json).toString("base64")}" | @base64d | from_json)`;
}

/** Undefined for what JSON has no text for: undefined itself, a function, a circle, a bigint. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) as string | undefined;
  } catch {
    return undefined;
  }
}

function positive(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw badArgument(`${name} must be a positive integer, not ${value}`);
  }
  return value;
}

function badArgument(message: string): LimaControlError {
  return new LimaControlError({ code: "BAD_ARGUMENT", message });
}
